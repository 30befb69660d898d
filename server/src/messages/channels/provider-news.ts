/** What a provider tells us by its webhook, in one form for all of them. */

export interface HookRequest {
  readonly method: string;
  /** The full address it was sent to, as the provider knows it: some sign it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string>>;
  /** As it came: signatures are over these bytes. */
  readonly body: Buffer;
}

interface AboutMessage {
  /** What the provider calls the message, or our own id where it gives that back. */
  readonly message: { readonly providerId: string } | { readonly id: string };
  /** RFC 3339, by the provider's clock. */
  readonly at: string;
  readonly reason?: string;
}

export type ProviderNews =
  | (AboutMessage & { readonly kind: "accepted" | "delivered" | "deferred" | "failed" | "complained" | "read" })
  | (AboutMessage & { readonly kind: "bounced"; readonly isHard: boolean })
  | (AboutMessage & { readonly kind: "opened"; readonly isMachine: boolean })
  | (AboutMessage & { readonly kind: "clicked"; readonly url: string; readonly isMachine: boolean })
  | (AboutMessage & { readonly kind: "unsubscribed" })
  /** Somebody wrote to us. `providerId` tells repeats apart. */
  | {
      readonly kind: "received";
      readonly providerId: string;
      readonly from: string;
      readonly text: string;
      readonly at: string;
      /** The message it answers, where the provider says so. */
      readonly answers: string | null;
    };
