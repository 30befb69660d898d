import { createCatalog, readStores, reviewData, sealedFeeds } from "./catalog/index.ts";
import { collectData, createCollect, createImport, type KilimEvent, newestOfInbox } from "./collect/index.ts";
import { consentData, createConsent } from "./consent/index.ts";
import { createDebugger } from "./debugger/index.ts";
import { createDecisions, deviceData } from "./decisions/index.ts";
import { createExperiments } from "./experiments/index.ts";
import {
  createIdentity,
  findProfiles,
  identityData,
  isEventOf,
  loadIdentifiersOf,
  loadMergedFrom,
  placesOf,
  RuleBook,
} from "./identity/index.ts";
import { createImagination } from "./imagination.ts";
import { createImports, hasTable, importData, readBytes, readFileFacts, readTable } from "./imports/index.ts";
import { createInsight } from "./insight/index.ts";
import { available, createInventory, openShelf } from "./inventory/index.ts";
import {
  createJourneys,
  type Journeys,
  journeyData,
  journeyExperimentKind,
  journeyKind,
  sealedCallSecret,
} from "./journeys/index.ts";
import { createLists, listData, takeOver } from "./lists/index.ts";
import { liveData } from "./live-data.ts";
import { createMerging } from "./merging/index.ts";
import {
  broadcastExperimentKind,
  createMessages,
  howAllMet,
  howPeopleMet,
  messageData,
  messageKind,
  sealedMessages,
} from "./messages/index.ts";
import { nearStore } from "./near-store.ts";
import { createOrders, gatewaysBy, hasBought, orderData, stripeGateway, testGateway } from "./orders/index.ts";
import {
  createPipeline,
  type Follower,
  historyData,
  isHandingOver,
  isShippedUpTo,
  outboxData,
  readUnshippedOf,
  readWatermark,
  unpackRows,
  unshippedAmong,
} from "./pipeline/index.ts";
import { createPlan } from "./plan/index.ts";
import type { Bus } from "./platform/bus.ts";
import type { Clock } from "./platform/clock.ts";
import type { Db, Tx } from "./platform/db.ts";
import { refuse } from "./platform/errors.ts";
import type { History } from "./platform/history.ts";
import { idempotencyData } from "./platform/idempotency-data.ts";
import type { IntakeSettings } from "./platform/intake-settings.ts";
import type { KeyRing } from "./platform/keys.ts";
import type { Log } from "./platform/log.ts";
import { sealedAnswers } from "./platform/sealed-answers.ts";
import { createSealing } from "./platform/sealing/sealing.ts";
import type { Secrets } from "./platform/secrets.ts";
import { createPrivacy, type Stores, sealedSubjects } from "./privacy/index.ts";
import {
  createProfiles,
  displayName,
  loadProfiles,
  peopleByDate,
  profileData,
  requireProfile,
  sampleProfiles,
} from "./profiles/index.ts";
import { createReach } from "./reach/index.ts";
import { reachableAt } from "./reachable-at.ts";
import {
  audienceAmong,
  audienceName,
  audiencePage,
  audienceSize,
  createSegments,
  type EventFilter,
  matchesEvent,
  segmentData,
} from "./segments/index.ts";
import { codeMail } from "./sign-in-mail.ts";
import { createWebhooks, sealedEndpoints, webhookData } from "./webhooks/index.ts";

/** What every room may be given. */
export interface Context {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly keys: KeyRing;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly intake: IntakeSettings;
  readonly rawDays: number;
  /** Tells this node from others on the same database. */
  readonly node: string;
  readonly smtpUrl: string | null;
  readonly stripeKey: string | null;
  readonly stripeWebhookSecret: string | null;
  readonly mailFrom: string;
  readonly timeZone: string;
  readonly dataDir: string;
  readonly importBytes: number;
  /** Addresses and ranges that requests of ours may go to although they are not public. */
  readonly outboundAllow: readonly string[];
}

export type Rooms = ReturnType<typeof createRooms>;

/** Whose customers they are, as they know it. */
const BRAND = { name: "Dokuma" };

/** All rooms, wired: what looks like a call upstream is a function handed over here. */
export function createRooms(context: Context) {
  const { db, clock, publicUrl } = context;
  const brand = { ...BRAND, url: `${publicUrl}/shop/`, cart_url: `${publicUrl}/shop/cart` };
  const plan = createPlan(context);
  const collect = createCollect({ ...context, plan: plan.check });
  const catalog = createCatalog({
    ...context,
    onStore: async (tx, store) => {
      await openShelf(tx, store);
      await segments.refreshMeanings(tx);
    },
    hasBought: async (tx, profileId, productId) =>
      hasBought(tx, [profileId, ...(await loadMergedFrom(tx, profileId))], productId),
    stockOf: (ids) => available(db, clock, ids),
    sizesOf: async (profileId) => {
      const { sizes } = (await loadProfiles(db, [profileId])).get(profileId)?.computed ?? {};
      return sizes ?? {};
    },
    files: {
      openTable: (fileId) => readTable(context, fileId),
      openBytes: (fileId) => readBytes(context, fileId),
      hasFile: (fileId) => hasTable(context, fileId),
      fileOf: (fileId) => readFileFacts(context, fileId),
    },
  });
  const consent = createConsent({
    ...context,
    house: (language) => messages.house(language),
    sendMail: (mail) => messages.sendMail(mail),
  });
  const experiments = createExperiments(context);
  const inventory = createInventory({
    ...context,
    onError: (error) => context.log.error({ err: error }, "dead holds could not be ended; trying again"),
  });
  const lists = createLists({
    ...context,
    house: (language) => messages.house(language),
    sendMail: (mail) => messages.sendMail(mail),
    onError: (error) => context.log.error({ err: error }, "listed goods could not be looked at; trying again"),
  });
  const segments = createSegments({
    ...context,
    grammar: {
      kinds: [nearStore, messageKind, broadcastExperimentKind, journeyKind, journeyExperimentKind],
      timeZone: context.timeZone,
    },
    loadProfiles,
    sampleProfiles,
    placesOf,
    unshippedOf,
    openFile: (fileId) => readTable(context, fileId),
    hasFile: (fileId) => hasTable(context, fileId),
    findProfiles,
    identifiersOf: loadIdentifiersOf,
    watermark: readWatermark,
    isShipped: isWhole,
    onTheirWay,
    onListed: (tx, listId, profileIds) => journeys.onListed(tx, listId, profileIds),
  });
  const profiles = createProfiles({ ...context, segmentsOf: segments.segmentsJson, unshippedOf });
  const messages = createMessages({
    ...context,
    brand,
    loadProfiles,
    resolveProfile: requireProfile,
    nameOf: ({ id, traits }) => displayName(traits) ?? (typeof traits.email === "string" ? traits.email : id),
    audiences: { page: audiencePage, size: audienceSize, among: audienceAmong, nameOf: audienceName },
    live: liveData(db, clock),
    zonesOfStores,
    messageCosts: (at) => reach.messageCosts(at),
    tell,
  });
  const reach = createReach({
    ...context,
    zonesOfStores,
    loadProfiles,
    reactionsOf: howPeopleMet,
    sumsOf: howAllMet,
    placesOf: (db, channel, people) => reachableAt(context.secrets, db, channel, people),
  });
  const orders = createOrders({
    ...context,
    house: (language) => messages.house(language),
    printLogo: () => messages.printLogo(),
    sendMail: (tx, mail) => messages.sendMail(mail, tx),
    payments: paymentsBy(context),
    namesOf: async (_db, ids) =>
      new Map([...(await loadProfiles(db, ids))].map(([id, { traits }]) => [id, displayName(traits)])),
    onError: (error) => context.log.error({ err: error }, "what is due of orders could not be done; trying again"),
  });
  const decisions = createDecisions({
    ...context,
    segmentsOf: segments.segmentsOf,
    segmentsExist: segments.segmentsExist,
    waitingFor: messages.waitingFor,
    onError: (error) => context.log.error({ err: error }, "old devices could not be forgotten; trying again"),
  });
  const segmentDoor = {
    parse(definition: unknown) {
      const read = segments.readDefinition(definition, "definition");
      if ("errors" in read) throw refuse("invalid_request", "The condition is not valid.", read.errors);
      return read.condition;
    },
    matches: (filter: EventFilter, event: KilimEvent) =>
      matchesEvent(filter, { ...event, at: Date.parse(event.timestamp) }),
    existing: segments.segmentsExist,
    existingLists: segments.listsExist,
    evaluate: segments.evaluate,
    membersAmong: segments.membersAmong,
    people: segments.peopleOf,
    changeList: segments.changeList,
    describe: segments.describe,
    nameLists: segments.nameLists,
    segmentCalled: segments.segmentCalled,
    listCalled: segments.listCalled,
    watch: segments.watch,
    refreshMeanings: segments.refreshMeanings,
  };
  const journeys: Journeys = createJourneys({
    ...context,
    messages,
    segments: segmentDoor,
    loadProfiles,
    resolveProfile: requireProfile,
    peopleByDate,
    chooseChannel: reach.chooseChannel,
    chooseHour: reach.chooseHour,
    audiences: messages.adAudiences,
    imagination: createImagination(segments),
    tell,
  });

  const namesOf = async (ids: readonly string[]) =>
    new Map([...(await loadProfiles(db, ids))].map(([id, { traits }]) => [id, displayName(traits)]));
  const insight = createInsight({ ...context, namesOf });
  const eventDebugger = createDebugger({ ...context, namesOf });

  const followMerges: Follower = async (tx, { merges }) => {
    if (merges.length > 0)
      for (const room of [lists, consent, messages, journeys, catalog]) await room.onMerge(tx, merges);
    return [];
  };
  const noteConversions: Follower = (tx, batch, changes) => messages.onBatch(tx, batch, changes);
  const noteChoices: Follower = async (tx, batch) => {
    consent.onBatch(tx, batch);
    return [];
  };
  const noteViews: Follower = async (tx, batch) => {
    await decisions.onBatch(tx, batch);
    return [];
  };
  const webhooks = createWebhooks({ ...context, segmentsExist: segments.segmentsExist, userIdsOf });
  const followVisits: Follower = (tx, batch) => lists.onBatch(tx, batch);
  const tellWebhooks: Follower = async (tx, _batch, changes) => {
    await webhooks.tellChanges(tx, changes);
    return [];
  };
  const identityRules = new RuleBook(context);
  const pipeline = createPipeline({
    ...context,
    identityRules: () => identityRules.current(),
    segments,
    followers: [followMerges, noteChoices, noteConversions, noteViews, followVisits, journeys.onBatch, tellWebhooks],
    isHeard: (name) => segments.hears(name) || journeys.hears(name),
  });
  const identity = createIdentity({
    ...context,
    rules: identityRules,
    namesOf,
    sendCode,
    processNow: pipeline.processNow,
    onSignedIn: (who) => takeOver(context, { kind: "person", ...who }),
  });

  const merging = createMerging({
    ...context,
    identityRules: () => identityRules.current(),
    pipeline,
    segments,
    async onSeparate(tx, parted) {
      for (const room of [lists, consent, messages, journeys, orders, catalog]) await room.onSeparate(tx, parted);
    },
  });

  /** What we did about people: through the pipeline when anybody waits to hear of it, else straight to History. */
  async function tell(tx: Tx, news: readonly KilimEvent[]): Promise<void> {
    if (news.length === 0) return;
    await Promise.all([segments.freshen(tx), journeys.freshen(tx)]);
    await pipeline.tellNews(tx, news);
  }

  async function sendCode({ email, code, language }: { email: string; code: string; language: string }): Promise<void> {
    await messages.sendMail({ to: email, ...codeMail(code, language, await messages.house(language)) });
  }

  const stores: Stores = {
    close: {
      identity: identityData,
      profiles: profileData,
      segments: segmentData,
      journeys: journeyData,
      consent: consentData,
      messages: messageData(context.secrets),
      reviews: reviewData,
      carts: listData,
      orders: orderData,
      decisions: deviceData,
      webhooks: webhookData,
    },
    distant: {
      collect: collectData(async (event, person) => isEventOf(await identityRules.current(), event, person)),
      imports: importData,
      outbox: outboxData,
      history: historyData(context.history),
      answers: idempotencyData(context.secrets),
    },
  };
  const privacy = createPrivacy({
    ...context,
    stores,
    isHandingOver,
    readMarks: async (tx) => ({ inbox: await newestOfInbox(tx), outbox: await readWatermark(tx) }),
  });

  const sealing = createSealing(context, [
    sealedAnswers,
    ...sealedMessages,
    ...sealedEndpoints,
    ...sealedCallSecret,
    ...sealedFeeds,
    ...sealedSubjects,
  ]);

  return {
    plan,
    collect,
    importItems: createImport(context),
    imports: createImports(context),
    catalog,
    consent,
    experiments,
    inventory,
    lists,
    orders,
    decisions,
    segments,
    profiles,
    messages,
    reach,
    journeys,
    pipeline,
    identity,
    merging,
    insight,
    debugger: eventDebugger,
    privacy,
    webhooks,
    sealing,
  };
}

async function zonesOfStores(db: Db): Promise<Map<string, string>> {
  return new Map((await readStores(db)).map(({ id, timezone }) => [id, timezone]));
}

/** Real money once Stripe is set up; until then every order is taken and nothing moves. */
function paymentsBy({ stripeKey: secretKey, stripeWebhookSecret: webhookSecret, clock }: Context) {
  if (secretKey === null) return gatewaysBy({ test: testGateway }, ["test"]);
  return gatewaysBy({ test: testGateway, stripe: stripeGateway({ secretKey, webhookSecret, clock }) }, ["stripe"]);
}

/** Whether History has all batches up to this one, each event under the person it belongs to. */
async function isWhole(db: Db, batch: number): Promise<boolean> {
  return (await isShippedUpTo(db, batch)) && !(await isHandingOver(db));
}

/** The newest of the user ids each of these people has; the retailer's own name for them. */
async function userIdsOf(db: Db, profileIds: readonly string[]): Promise<Map<string, string>> {
  const held = await loadIdentifiersOf(db, profileIds);
  return new Map(held.flatMap(({ type, value, profile_id }) => (type === "user_id" ? [[profile_id, value]] : [])));
}

/** Those of these people of whom History does not have everything yet, or not under the person it belongs to. */
async function onTheirWay(db: Db, profileIds: readonly string[]): Promise<Set<string>> {
  return (await isHandingOver(db)) ? new Set(profileIds) : await unshippedAmong(db, profileIds);
}

async function unshippedOf(db: Db, profileIds: readonly string[]) {
  return (await readUnshippedOf(db, profileIds)).flatMap((batch) => unpackRows(batch.rows));
}
