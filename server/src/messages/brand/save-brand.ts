import { refuse as refuseGenerally } from "../../platform/errors.ts";
import { cursorId, decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { insertKit, listKits } from "../queries/brand.pg.ts";
import { loadImage } from "../queries/images.pg.ts";
import { listPublished } from "../queries/published-contents.pg.ts";
import { isAddress } from "../sending/address-of.ts";
import type { BrandBook } from "./brand-book.ts";
import type { BrandVersion, BrandView, Departure } from "./contracts.ts";
import { departuresOf } from "./departures.ts";
import type { BrandKit } from "./kit.ts";
import { isSmsSender } from "./sender-of.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus" | "publicUrl"> & { readonly brands: BrandBook };

export async function readBrand(deps: Pick<Deps, "brands" | "publicUrl">): Promise<BrandView> {
  const { version, kit } = await deps.brands.current();
  return { version, kit, logo_url: kit.logo === null ? null : `${deps.publicUrl}/assets/images/${kit.logo.image}` };
}

/** Puts a new kit in force. Every template reads it when it is rendered: nothing has to be published again. */
export async function saveBrand(deps: Deps, base: number, kit: BrandKit, author: string): Promise<BrandView> {
  if (kit.logo !== null && !(await loadImage(deps.db, kit.logo.image))) throw refuse("image_not_found");
  checkSender(kit);
  const now = deps.clock.now().toString();
  const { version } = await deps.brands.current();
  const row = { version: base + 1, kit: JSON.stringify(kit), author, created_at: now };
  if (version !== base || !(await insertKit(deps.db, row)))
    throw refuseGenerally("conflict", "Somebody else has saved a brand kit meanwhile.");
  deps.bus.changed("brand", String(base + 1), ["kit"]);
  return readBrand(deps);
}

/** A mail from no address, or from half of one, would be refused by every provider; so would an SMS from a sentence. */
function checkSender({ senders }: BrandKit): void {
  for (const field of ["address", "reply_to"] as const) {
    const given = senders.email?.[field] ?? "";
    if (given !== "" && !isAddress(given))
      throw refuse("from_not_valid", undefined, [{ path: `kit.senders.email.${field}`, message: "an e-mail address" }]);
  }
  for (const field of ["name", "address"] as const) {
    const given = senders.sms?.[field] ?? "";
    const message = "a number such as +905551234567, or at most 11 letters and digits";
    if (given !== "" && !isSmsSender(given))
      throw refuse("from_not_valid", message, [{ path: `kit.senders.sms.${field}`, message, code: "sms_sender" }]);
  }
}

export async function readBrandVersions(deps: Pick<Deps, "db">, query: PageQuery): Promise<Page<BrandVersion>> {
  const [before] = decodeCursor(query.after, 1) ?? [];
  const found = await listKits(deps.db, typeof before === "number" ? before : null, query.limit + 1);
  return toPage(found, query.limit, ({ version }) => [version]);
}

/** Where published templates and shared blocks depart from the kit; a page is of so many of these. */
export async function readDepartures(deps: Pick<Deps, "db" | "brands">, query: PageQuery): Promise<Page<Departure>> {
  const found = await listPublished(deps.db, cursorId(query.after), query.limit + 1);
  const page = toPage(found, query.limit, ({ id }) => [id]);
  const { kit } = await deps.brands.current();
  return { next: page.next, items: page.items.flatMap((published) => departuresOf(published, kit)) };
}
