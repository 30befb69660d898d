-- What a provider's signature was given for, where it signs a token and not what is told: a token tells one thing only.
-- Kept for as long as such a signature is believed.
create table messages.hook_tokens (
  account_id uuid not null references messages.accounts on delete cascade,
  token bytea not null,
  told bytea not null,
  at timestamptz not null,
  primary key (account_id, token)
);
create index hook_tokens_at on messages.hook_tokens (at);
