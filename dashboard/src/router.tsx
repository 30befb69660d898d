import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { loadRestOfEnglish } from "./i18n/start.ts";
import { NotFound } from "./parts/not-found.tsx";
import { ErrorNotice } from "./parts/notices.tsx";
import { params, parseSearch, readChoice, readCount, readText, type Search, stringifySearch } from "./search.ts";
import { Gate } from "./session/gate.tsx";

/** Every address of the dashboard on one page, with what may stand behind its question mark. */
const root = createRootRoute({ component: Gate, notFoundComponent: NotFound });
const under = () => root;

/** A screen whose words are not among those of the first screen (`i18n/en-first.ts`): loaded with them. */
function withWords<M extends Record<string, unknown>, K extends keyof M & string>(load: () => Promise<M>, name: K) {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadRestOfEnglish()]);
    return module;
  }, name);
}

const home = createRoute({
  getParentRoute: under,
  path: "/",
  validateSearch: params((search) => ({
    metric: readChoice(search, "metric", ["orders", "revenue", "people"]),
    days: readChoice(search, "days", ["30", "90", "365", "all"]),
    currency: readText(search, "currency"),
    view: readChoice(search, "view", ["table"]),
  })),
  component: withWords(() => import("./home/home-page.tsx"), "HomePage"),
});

const people = createRoute({
  getParentRoute: under,
  path: "/people",
  validateSearch: params((search) => ({ q: readText(search, "q") })),
  component: lazyRouteComponent(() => import("./profiles/people-page.tsx"), "PeoplePage"),
});

const duplicates = createRoute({
  getParentRoute: under,
  path: "/people/duplicates",
  validateSearch: params((search) => ({ state: readChoice(search, "state", ["dismissed"]) })),
  component: withWords(() => import("./identity/duplicates-page.tsx"), "DuplicatesPage"),
});

const person = createRoute({
  getParentRoute: under,
  path: "/people/$id",
  validateSearch: params((search) => ({
    channel: readText(search, "channel"),
    event: readText(search, "event"),
    message: readText(search, "message"),
    action: readChoice(search, "action", ["erase", "merge", "separate"]),
    with: readText(search, "with"),
    why: readText(search, "why"),
  })),
  component: withWords(() => import("./profiles/profile-page.tsx"), "ProfilePage"),
});

/** A segment that is being written, as its address has it (`segments/draft.ts`). */
const readSegmentDraft = (search: Search) => ({
  name: readText(search, "name"),
  definition: readText(search, "definition"),
  as: readChoice(search, "as", ["json"]),
});

const segments = createRoute({
  getParentRoute: under,
  path: "/segments",
  component: withWords(() => import("./segments/segments-page.tsx"), "SegmentsPage"),
});

const readySegments = createRoute({
  getParentRoute: under,
  path: "/segments/ready",
  component: withWords(() => import("./ready/gallery-page.tsx"), "GalleryPage"),
});

const rfm = createRoute({
  getParentRoute: under,
  path: "/segments/rfm",
  validateSearch: params((search) => ({ measure: readChoice(search, "measure", ["people", "revenue"]) })),
  component: withWords(() => import("./ready/rfm-page.tsx"), "RfmPage"),
});

const newSegment = createRoute({
  getParentRoute: under,
  path: "/segments/new",
  validateSearch: params((search) => ({
    ...readSegmentDraft(search),
    entering: readChoice(search, "entering", ["yes"]),
  })),
  component: withWords(() => import("./segments/new-segment-page.tsx"), "NewSegmentPage"),
});

const segment = createRoute({
  getParentRoute: under,
  path: "/segments/$id",
  validateSearch: params((search) => ({
    tab: readChoice(search, "tab", ["people", "overlap", "why", "audit", "settings"]),
    days: readChoice(search, "days", ["1", "7", "30", "90", "365"]),
    view: readChoice(search, "view", ["table"]),
    with: readText(search, "with"),
    person: readText(search, "person"),
    action: readChoice(search, "action", ["export"]),
    ...readSegmentDraft(search),
  })),
  component: withWords(() => import("./segments/segment-page.tsx"), "SegmentPage"),
});

const audits = createRoute({
  getParentRoute: under,
  path: "/segments/audits",
  component: withWords(() => import("./segments/audit/audits-page.tsx"), "AuditsPage"),
});

const audit = createRoute({
  getParentRoute: under,
  path: "/segments/audits/$id",
  validateSearch: params((search) => ({ segment: readText(search, "segment") })),
  component: withWords(() => import("./segments/audit/audit-page.tsx"), "AuditPage"),
});

const lists = createRoute({
  getParentRoute: under,
  path: "/segments/lists",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["create"]) })),
  component: withWords(() => import("./lists/lists-page.tsx"), "ListsPage"),
});

const oneList = createRoute({
  getParentRoute: under,
  path: "/segments/lists/$id",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["upload", "rename", "delete"]) })),
  component: withWords(() => import("./lists/list-page.tsx"), "ListPage"),
});

const broadcasts = createRoute({
  getParentRoute: under,
  path: "/messages/broadcasts",
  component: withWords(() => import("./broadcasts/broadcasts-page.tsx"), "BroadcastsPage"),
});

const newBroadcast = createRoute({
  getParentRoute: under,
  path: "/messages/broadcasts/new",
  component: withWords(() => import("./broadcasts/new-broadcast-page.tsx"), "NewBroadcastPage"),
});

const broadcast = createRoute({
  getParentRoute: under,
  path: "/messages/broadcasts/$id",
  component: withWords(() => import("./broadcasts/broadcast-page.tsx"), "BroadcastPage"),
});

const reports = createRoute({
  getParentRoute: under,
  path: "/messages/reports",
  validateSearch: params((search) => ({
    by: readChoice(search, "by", ["channel", "template", "broadcast", "journey", "link", "day"]),
    days: readChoice(search, "days", ["7", "30", "90", "365"]),
    channel: readText(search, "channel"),
    template: readText(search, "template"),
  })),
  component: withWords(() => import("./reports/reports-page.tsx"), "ReportsPage"),
});

const audiences = createRoute({
  getParentRoute: under,
  path: "/messages/audiences",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["create"]) })),
  component: withWords(() => import("./audiences/audiences-page.tsx"), "AudiencesPage"),
});

const oneAudience = createRoute({
  getParentRoute: under,
  path: "/messages/audiences/$id",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["remove"]) })),
  component: withWords(() => import("./audiences/audience-page.tsx"), "AudiencePage"),
});

const letters = createRoute({
  getParentRoute: under,
  path: "/messages/letters",
  component: withWords(() => import("./letters/letters-page.tsx"), "LettersPage"),
});

const failedMessages = createRoute({
  getParentRoute: under,
  path: "/messages/failed",
  component: withWords(() => import("./messages/failed-page.tsx"), "FailedPage"),
});

const suppressions = createRoute({
  getParentRoute: under,
  path: "/messages/suppressions",
  validateSearch: params((search) => ({
    channel: readText(search, "channel"),
    action: readChoice(search, "action", ["create"]),
  })),
  component: withWords(() => import("./suppressions/suppressions-page.tsx"), "SuppressionsPage"),
});

const journeys = createRoute({
  getParentRoute: under,
  path: "/journeys",
  component: withWords(() => import("./journeys/journeys-page.tsx"), "JourneysPage"),
});

const journeyLibrary = createRoute({
  getParentRoute: under,
  path: "/journeys/library",
  component: withWords(() => import("./journeys/library-page.tsx"), "LibraryPage"),
});

const journey = createRoute({
  getParentRoute: under,
  path: "/journeys/$id",
  validateSearch: params((search) => ({
    node: readText(search, "node"),
    mode: readChoice(search, "mode", ["edit"]),
    panel: readChoice(search, "panel", ["rehearse", "versions"]),
    step: readCount(search, "step"),
    until: readText(search, "until"),
    version: readText(search, "version"),
    against: readText(search, "against"),
  })),
  component: withWords(() => import("./journeys/journey-page.tsx"), "JourneyPage"),
});

const messages = createRoute({
  getParentRoute: under,
  path: "/messages",
  validateSearch: params((search) => ({ message: readText(search, "message"), journey: readText(search, "journey") })),
  component: withWords(() => import("./messages/messages-page.tsx"), "MessagesPage"),
});

const templates = createRoute({
  getParentRoute: under,
  path: "/messages/templates",
  validateSearch: params((search) => ({ show: readChoice(search, "show", ["archived"]) })),
  component: withWords(() => import("./messages/templates-page.tsx"), "TemplatesPage"),
});

const newTemplate = createRoute({
  getParentRoute: under,
  path: "/messages/templates/new",
  validateSearch: params((search) => ({ channel: readText(search, "channel") })),
  component: withWords(() => import("./composer/gallery-page.tsx"), "GalleryPage"),
});

const template = createRoute({
  getParentRoute: under,
  path: "/messages/templates/$id",
  validateSearch: params((search) => ({
    person: readText(search, "person"),
    language: readText(search, "language"),
    tab: readChoice(search, "tab", ["versions"]),
  })),
  component: withWords(() => import("./messages/template-page.tsx"), "TemplatePage"),
});

const brand = createRoute({
  getParentRoute: under,
  path: "/messages/brand",
  component: withWords(() => import("./brand/brand-page.tsx"), "BrandPage"),
});

const sharedBlocks = createRoute({
  getParentRoute: under,
  path: "/messages/blocks",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["create"]) })),
  component: withWords(() => import("./composer/blocks-page.tsx"), "BlocksPage"),
});

const sharedBlock = createRoute({
  getParentRoute: under,
  path: "/messages/blocks/$id",
  validateSearch: params((search) => ({ language: readText(search, "language") })),
  component: withWords(() => import("./composer/block-page.tsx"), "BlockPage"),
});

const mailbox = createRoute({
  getParentRoute: under,
  path: "/messages/mailbox",
  validateSearch: params((search) => ({
    mail: readText(search, "mail"),
    view: readChoice(search, "view", ["text", "headers"]),
  })),
  component: withWords(() => import("./messages/mailbox-page.tsx"), "MailboxPage"),
});

const products = createRoute({
  getParentRoute: under,
  path: "/products",
  validateSearch: params((search) => ({
    q: readText(search, "q"),
    category: readText(search, "category"),
    show: readChoice(search, "show", ["archived"]),
  })),
  component: withWords(() => import("./catalog/products-page.tsx"), "ProductsPage"),
});

const newProduct = createRoute({
  getParentRoute: under,
  path: "/products/new",
  component: withWords(() => import("./catalog/new-product-page.tsx"), "NewProductPage"),
});

const editProduct = createRoute({
  getParentRoute: under,
  path: "/products/$id/edit",
  validateSearch: params((search) => ({ variant: readText(search, "variant") })),
  component: withWords(() => import("./catalog/edit-product-page.tsx"), "EditProductPage"),
});

const stores = createRoute({
  getParentRoute: under,
  path: "/stores",
  validateSearch: params((search) => ({ show: readChoice(search, "show", ["archived"]) })),
  component: withWords(() => import("./stores/stores-page.tsx"), "StoresPage"),
});

/** `new` instead of an id: one that is to be made. */
const oneStore = createRoute({
  getParentRoute: under,
  path: "/stores/$id",
  validateSearch: params((search) => ({ tab: readChoice(search, "tab", ["facts", "places"]) })),
  component: withWords(() => import("./stores/store-page.tsx"), "StorePage"),
});

const productImport = createRoute({
  getParentRoute: under,
  path: "/products/import",
  validateSearch: params((search) => ({ file: readText(search, "file") })),
  component: withWords(() => import("./catalog/product-import-page.tsx"), "ProductImportPage"),
});

const feeds = createRoute({
  getParentRoute: under,
  path: "/products/feeds",
  component: withWords(() => import("./catalog/feeds-page.tsx"), "FeedsPage"),
});

const reviews = createRoute({
  getParentRoute: under,
  path: "/products/reviews",
  component: withWords(() => import("./catalog/reviews-page.tsx"), "ReviewsPage"),
});

const product = createRoute({
  getParentRoute: under,
  path: "/products/$id",
  component: withWords(() => import("./catalog/product-page.tsx"), "ProductPage"),
});

const orders = createRoute({
  getParentRoute: under,
  path: "/orders",
  validateSearch: params((search) => ({
    state: readChoice(search, "state", ["placed", "completed", "cancelled"]),
    payment: readChoice(search, "payment", ["pending", "paid", "partially_refunded", "refunded", "failed", "voided"]),
    fulfilment: readChoice(search, "fulfilment", ["unfulfilled", "partially_fulfilled", "fulfilled", "cancelled"]),
    channel: readChoice(search, "channel", ["web", "app", "kiosk", "store"]),
    number: readText(search, "number"),
  })),
  component: withWords(() => import("./orders/orders-page.tsx"), "OrdersPage"),
});

const oneOrder = createRoute({
  getParentRoute: under,
  path: "/orders/$id",
  validateSearch: params((search) => ({
    action: readChoice(search, "action", ["cancel", "mail", "return"]),
    announced: readText(search, "announced"),
  })),
  component: withWords(() => import("./orders/order-page.tsx"), "OrderPage"),
});

const stock = createRoute({
  getParentRoute: under,
  path: "/stock",
  validateSearch: params((search) => ({
    tab: readChoice(search, "tab", ["shelf", "movements", "transfers", "discrepancies", "check"]),
    location: readText(search, "location"),
    at_most: readText(search, "at_most"),
    action: readChoice(search, "action", ["transfer"]),
  })),
  component: withWords(() => import("./stock/stock-page.tsx"), "StockPage"),
});

const stockItem = createRoute({
  getParentRoute: under,
  path: "/stock/$id",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["count", "transfer"]) })),
  component: withWords(() => import("./stock/item-page.tsx"), "ItemPage"),
});

const events = createRoute({
  getParentRoute: under,
  path: "/events",
  validateSearch: params((search) => ({
    tab: readChoice(search, "tab", ["stream", "quarantine", "plan"]),
    outcome: readChoice(search, "outcome", ["accepted", "rejected", "quarantined"]),
    type: readChoice(search, "type", ["track", "identify", "page", "screen", "group", "alias"]),
    source: readText(search, "source"),
    name: readText(search, "name"),
    identifier: readText(search, "identifier"),
    event: readText(search, "event"),
    show: readChoice(search, "show", ["planned", "unplanned"]),
  })),
  component: withWords(() => import("./events/events-page.tsx"), "EventsPage"),
});

const imports = createRoute({
  getParentRoute: under,
  path: "/imports",
  component: withWords(() => import("./imports/imports-page.tsx"), "ImportsPage"),
});

const newImport = createRoute({
  getParentRoute: under,
  path: "/imports/new",
  validateSearch: params((search) => ({
    file: readText(search, "file"),
    step: readChoice(search, "step", ["map", "check"]),
    like: readText(search, "like"),
  })),
  component: withWords(() => import("./imports/new-import-page.tsx"), "NewImportPage"),
});

const oneImport = createRoute({
  getParentRoute: under,
  path: "/imports/$id",
  component: withWords(() => import("./imports/import-page.tsx"), "ImportPage"),
});

const eventPlan = createRoute({
  getParentRoute: under,
  path: "/events/plan/$name",
  validateSearch: params((search) => ({ view: readChoice(search, "view", ["json"]) })),
  component: withWords(() => import("./events/plan/plan-page.tsx"), "PlanPage"),
});

const privacy = createRoute({
  getParentRoute: under,
  path: "/privacy",
  validateSearch: params((search) => ({ tab: readChoice(search, "tab", ["erasures", "suppressed", "retention"]) })),
  component: withWords(() => import("./privacy/privacy-page.tsx"), "PrivacyPage"),
});

const erasure = createRoute({
  getParentRoute: under,
  path: "/privacy/erasures/$id",
  component: withWords(() => import("./privacy/receipt-page.tsx"), "ReceiptPage"),
});

const settings = createRoute({
  getParentRoute: under,
  path: "/settings",
  validateSearch: params((search) => ({
    tab: readChoice(search, "tab", [
      "email",
      "channels",
      "sending",
      "orders",
      "keys",
      "identity",
      "webhooks",
      "pipeline",
    ]),
  })),
  component: withWords(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});

const newWebhook = createRoute({
  getParentRoute: under,
  path: "/settings/webhooks/new",
  component: withWords(() => import("./webhooks/new-webhook-page.tsx"), "NewWebhookPage"),
});

const webhook = createRoute({
  getParentRoute: under,
  path: "/settings/webhooks/$id",
  validateSearch: params((search) => ({
    state: readChoice(search, "state", ["waiting", "delivered", "missed"]),
    delivery: readText(search, "delivery"),
    action: readChoice(search, "action", ["edit", "enable", "rotate", "replay", "remove"]),
  })),
  component: withWords(() => import("./webhooks/webhook-page.tsx"), "WebhookPage"),
});

const newAccount = createRoute({
  getParentRoute: under,
  path: "/settings/channels/new",
  validateSearch: params((search) => ({
    channel: readText(search, "channel"),
    provider: readText(search, "provider"),
  })),
  component: withWords(() => import("./channels/new-account-page.tsx"), "NewAccountPage"),
});

const account = createRoute({
  getParentRoute: under,
  path: "/settings/channels/$id",
  validateSearch: params((search) => ({ action: readChoice(search, "action", ["remove"]) })),
  component: withWords(() => import("./channels/account-page.tsx"), "AccountPage"),
});

const calls = createRoute({
  getParentRoute: under,
  path: "/calls",
  validateSearch: params((search) => ({
    state: readChoice(search, "state", ["open", "done"]),
    call: readText(search, "call"),
  })),
  component: withWords(() => import("./calls/calls-page.tsx"), "CallsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    people,
    duplicates,
    person,
    segments,
    readySegments,
    rfm,
    newSegment,
    segment,
    audits,
    audit,
    lists,
    oneList,
    broadcasts,
    newBroadcast,
    broadcast,
    reports,
    audiences,
    oneAudience,
    letters,
    failedMessages,
    suppressions,
    journeys,
    journeyLibrary,
    journey,
    messages,
    templates,
    newTemplate,
    template,
    brand,
    sharedBlocks,
    sharedBlock,
    mailbox,
    products,
    newProduct,
    editProduct,
    stores,
    oneStore,
    productImport,
    feeds,
    reviews,
    product,
    orders,
    oneOrder,
    stock,
    stockItem,
    events,
    imports,
    newImport,
    oneImport,
    eventPlan,
    privacy,
    erasure,
    settings,
    newWebhook,
    webhook,
    newAccount,
    account,
    calls,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <ErrorNotice error={error} retry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
