import { queryOptions } from "@tanstack/react-query";

import { get } from "../api/http.ts";

export interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Session {
  readonly user: SessionUser | null;
  readonly needs_first_user: boolean;
}

export interface Setup {
  readonly demo: boolean;
  readonly write_key: string | null;
  readonly public_url: string;
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => get<Session>("/v1/session"),
  staleTime: 60_000,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => get<Setup>("/v1/setup"),
  staleTime: Number.POSITIVE_INFINITY,
});
