import type { HouseIn } from "../../platform/house.ts";
import type { ListDeps } from "../shopping/make-list.ts";

export interface ShareDeps extends ListDeps {
  readonly publicUrl: string;
  readonly house: HouseIn;
  /** Resolves when the mail is safely queued. */
  readonly sendMail: (mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
  }) => Promise<void>;
}
