import type { KilimEvent } from "../collect/index.ts";
import type { Db, Tx } from "../platform/db.ts";
import { followMerges } from "../platform/follow-merges.ts";
import type { HouseIn } from "../platform/house.ts";
import type { JsonObject } from "../platform/json.ts";
import { createOutbound } from "../platform/outbound/outbound.ts";
import type { Room } from "../platform/room.ts";
import type { Batch, Merge, Profile } from "../profiles/contracts.ts";
import type { MembershipChange } from "../segments/contracts.ts";
import { noteOrders } from "./attribute-orders.ts";
import { type AdAudiences, createAdAudiences, createAudienceLoop, syncDue } from "./audiences/ad-audiences.ts";
import { createNoting } from "./audiences/note-changes.ts";
import { audienceRoutes } from "./audiences/routes.ts";
import { BrandBook } from "./brand/brand-book.ts";
import { printLogo } from "./brand/print-logo.ts";
import { createFeeder, feedDue } from "./broadcasts/feeder.ts";
import { dropDoubles } from "./broadcasts/queries/broadcast-messages.pg.ts";
import { moveRecipients, moveRecipientsBack } from "./broadcasts/queries/recipients.pg.ts";
import { broadcastRoutes } from "./broadcasts/routes.ts";
import { deskRoutes } from "./channels/desk-routes.ts";
import { hookRoutes } from "./channels/hook-routes.ts";
import { channelRoutes } from "./channels/routes.ts";
import { visitorRoutes } from "./channels/visitor-routes.ts";
import { type OnsiteVisitor, type OnsiteWaiting, waitingFor } from "./channels/visitors.ts";
import { CHANNELS, type Channel } from "./content/kinds.ts";
import type { Purpose, TemplateBody, TemplateView } from "./contracts.ts";
import { createContent } from "./create-content.ts";
import type { MessagesDeps } from "./deps.ts";
import { eventName, messageEvent } from "./events.ts";
import { cancelMessages, holdMessages } from "./queries/cancel-messages.pg.ts";
import { moveMessages, moveMessagesBack } from "./queries/move-profile.pg.ts";
import { channelsOf, type Reaction, readReactions } from "./queries/reactions.pg.ts";
import { loadTemplate, purposesOf } from "./queries/templates.pg.ts";
import { reportRoutes } from "./reports/routes.ts";
import { messageRoutes } from "./routes.ts";
import { createDispatch } from "./sending/dispatch.ts";
import { enqueue, type NewMessage } from "./sending/enqueue.ts";
import { type DirectMail, type DirectMessage, sendDirect, sendMail } from "./sending/send-mail.ts";
import { PublishedTemplates } from "./templates/published-templates.ts";
import { type MadeUpMessage, type MadeUpTemplate, renderMadeUp } from "./templates/render-made-up.ts";
import { createTemplate } from "./templates/save-template.ts";
import { trackingRoutes } from "./tracking/routes.ts";
import { createTrackingTokens } from "./tracking/tokens.ts";
import { VisitLog } from "./tracking/visit-log.ts";

export type { AdAudiences } from "./audiences/ad-audiences.ts";
export { placesOf as messagePlaces } from "./channels/places.ts";
export { sealedMessages } from "./channels/sealed-accounts.ts";

import { letterLook } from "./content/render-written.ts";

export { messageKind } from "./condition-kind.ts";
export type { LiveData } from "./content/read-live.ts";
export type { LiveCart, LiveCartItem, LiveProduct, LiveStore } from "./contracts.ts";
export type { MessagesDeps } from "./deps.ts";
export { experimentKind as broadcastExperimentKind } from "./experiment-kind.ts";
export { personalData as messageData } from "./personal-data.ts";
export { type HowMet, howAllMet, howPeopleMet, type MetSum } from "./queries/how-met.pg.ts";
export { readSuppressed } from "./queries/read-standings.pg.ts";
export type { NewMessage } from "./sending/enqueue.ts";
export type { DirectMail } from "./sending/send-mail.ts";
export { type MadeUpMessage, type MadeUpTemplate, renderMadeUp } from "./templates/render-made-up.ts";

export interface Messages extends Room {
  /** Queues messages in the caller's transaction; the same key is the same message. Wake "messages" after commit. */
  enqueue(tx: Tx, messages: readonly NewMessage[]): Promise<string[]>;
  /** Takes back what these runs have not sent yet, with the reason; tells the timelines. */
  cancel(tx: Tx, runIds: readonly string[], reason: string): Promise<void>;
  /** Holds back or lets go a journey's messages that have not been handed over. */
  hold(tx: Tx, journeyId: string, isHeld: boolean): Promise<void>;
  /** Notes which messages the batch's orders followed, and gives the events that say so; and whom ad audiences win and lose. */
  onBatch(tx: Tx, batch: Batch, changes?: readonly MembershipChange[]): Promise<readonly KilimEvent[]>;
  onMerge(tx: Tx, merges: readonly Merge[]): Promise<void>;
  /** Gives back what was said to people before they were merged away; what was said since stays. */
  onSeparate(tx: Tx, parted: { from: string; into: string; members: readonly string[] }): Promise<void>;
  /** A mail whose text is made already; queued durably, sent at once by the worker. In a transaction: wake "messages" after it. */
  sendMail(mail: DirectMail, tx?: Tx): Promise<void>;
  /** An answer on the channel somebody wrote on; gives the message's id. Wake "messages" after commit. */
  sendDirect(tx: Tx, message: DirectMessage): Promise<string>;
  /** Messages that wait on the site for whoever looks at it. */
  waitingFor(visitor: OnsiteVisitor): Promise<OnsiteWaiting>;
  /** What pages and letters of other rooms need of the brand kit in force; `color` is `#rrggbb`. */
  house: HouseIn;
  /** The brand's logo as PDF takes it. */
  printLogo(): Promise<Buffer | null>;
  /** Compiles and publishes a template, as POST /v1/templates does. */
  createTemplate(body: TemplateBody): Promise<{ readonly id: string }>;
  /** What templates are for, by id; those that do not exist are absent. */
  purposesOf(db: Db, templateIds: readonly string[]): Promise<ReadonlyMap<string, Purpose>>;
  /** Publishes again the templates whose shared blocks have changed; the loop of the worker does the same. */
  refreshTemplates(): Promise<number>;
  /** What became of what runs have sent, by `run node`. */
  reactions(
    db: Db,
    asked: readonly { readonly runId: string; readonly node: string }[],
  ): Promise<ReadonlyMap<string, Reaction>>;
  /** Template by channel. */
  channelsOf(db: Db, templateIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Takes broadcasts as far as they are due; the loop of the worker does the same. */
  feedDue(): Promise<void>;
  /** A template as it was last published; undefined when there is none. */
  readTemplate(db: Db, id: string): Promise<TemplateView | undefined>;
  /** A template as somebody would get it who may not exist. Sends nothing. */
  imagine(
    template: MadeUpTemplate,
    given: { readonly profile: Profile; readonly data: JsonObject; readonly now: Temporal.Instant },
  ): Promise<MadeUpMessage>;
  /** Sends whatever is due now; the loop of the worker does the same. */
  sendDue(): Promise<number>;
  nextDue(): Promise<string | null>;
  /** Ad audiences that journeys fill. */
  readonly adAudiences: AdAudiences;
  /** Tells ad networks whatever is due now; the loop of the worker does the same. */
  syncAudiences(): Promise<void>;
}

export function createMessages(deps: MessagesDeps): Messages {
  const tokens = createTrackingTokens(deps.secrets);
  const outbound = createOutbound({ allow: deps.outboundAllow });
  const tools = { ...deps, http: outbound, hands: 1 };
  const templates = new PublishedTemplates(deps.db);
  const brands = new BrandBook(deps);
  const letterDress = async () => {
    const house = await brands.recentIn("en");
    return { house, logo: await printLogo({ ...deps, brands }), look: letterLook(house) };
  };
  const content = createContent({ ...deps, brands, tokens, http: outbound });
  const dispatch = createDispatch({ ...deps, tokens, templates, brands, http: outbound });
  const feeder = createFeeder(deps);
  const audiences = createAudienceLoop({ ...deps, http: outbound });
  const noteAudiences = createNoting(deps.bus);
  return {
    routes(app) {
      messageRoutes(app, deps);
      channelRoutes(app, deps, tools);
      hookRoutes(app, deps, tools);
      visitorRoutes(app, deps);
      deskRoutes(app, { ...deps, letterDress });
      app.addHook("onClose", async () => outbound.close());
      content.routes(app);
      broadcastRoutes(app, deps);
      audienceRoutes(app, { ...deps, http: outbound });
      reportRoutes(app, deps);
      trackingRoutes(app, { ...deps, brands, tokens, visits: new VisitLog(deps) });
    },
    async start() {
      dispatch.start();
      feeder.start();
      audiences.start();
      content.start();
    },
    async stop() {
      await Promise.all([content.stop(), feeder.stop(), audiences.stop()]);
      await dispatch.stop();
      outbound.close();
    },
    enqueue: (tx, messages) => enqueue(tx, deps.clock, messages),
    async cancel(tx, runIds, reason) {
      const cancelled = await cancelMessages(tx, runIds, reason);
      const events = cancelled.flatMap((message) =>
        message.profile_id === null
          ? []
          : messageEvent(
              deps.clock,
              eventName(message.channel, "Skipped"),
              {
                id: message.id,
                profileId: message.profile_id,
                templateId: message.template_id,
                journeyId: message.journey_id,
              },
              { subject: null, reason },
            ),
      );
      await deps.tell(tx, events);
    },
    hold: (tx, journeyId, isHeld) => holdMessages(tx, journeyId, isHeld),
    async onBatch(tx, batch, changes = []) {
      await noteAudiences(tx, batch, changes);
      return await noteOrders(tx, deps.clock, batch);
    },
    async onMerge(tx, merges) {
      const moves = followMerges(merges);
      await moveMessages(tx, moves);
      await moveRecipients(tx, moves);
      await dropDoubles(tx, [...new Set(moves.values())]);
    },
    async onSeparate(tx, parted) {
      await moveMessagesBack(tx, parted);
      await moveRecipientsBack(tx, parted);
    },
    sendMail: (mail, tx) => sendMail({ ...deps, db: tx ?? deps.db }, mail),
    sendDirect: (tx, message) => sendDirect(tx, deps, message),
    waitingFor: (visitor) => waitingFor({ ...deps, brands }, visitor),
    house: (language) => brands.recentIn(language),
    printLogo: () => printLogo({ ...deps, brands }),
    createTemplate: (body) => createTemplate(deps, body),
    purposesOf,
    refreshTemplates: content.refreshTemplates,
    reactions: readReactions,
    channelsOf,
    feedDue: () => feedDue(deps),
    readTemplate: loadTemplate,
    async imagine(template, given) {
      const told = given.profile.traits.language;
      const brand = await brands.brandIn(typeof told === "string" ? told : template.default_language);
      return renderMadeUp(template, given, { db: deps.db, brand, publicUrl: deps.publicUrl });
    },
    sendDue: () => dispatch.sendDue(),
    nextDue: () => dispatch.nextDue(),
    adAudiences: createAdAudiences(deps),
    syncAudiences: () => syncDue({ ...deps, http: outbound }),
  };
}

/** The channel of that name, if messages go out by it. */
export function messageChannel(name: string): Channel | null {
  return CHANNELS.find((channel) => channel === name) ?? null;
}
