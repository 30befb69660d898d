import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";

export interface Staff {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Session {
  readonly user: Staff | null;
  readonly needs_first_user: boolean;
}

/** The same session as the dashboard's: who is signed in there is signed in here. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => ask<Session>("GET", "/v1/session"),
});

export const signIn = (email: string, password: string) =>
  ask<unknown>("POST", "/v1/auth/sign-in/email", { email, password });

export const signOut = () => ask<unknown>("POST", "/v1/auth/sign-out", {});
