import { KilimError } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { SignInForm } from "../account/sign-in-form.tsx";
import { useSignedIn } from "../account/use-shopper.ts";
import { useCart } from "../cart/use-cart.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { refusal } from "../refusal.ts";
import { claimShared, confirmNews, fillCart, loadShared, type SharedList } from "./api.ts";
import { ListItems } from "./list-items.tsx";
import { listName } from "./list-name.ts";
import styles from "./lists.module.css";
import { useOpenList } from "./use-open-list.ts";
import { useWords } from "./words.ts";

/** What a link opens. The link's secret stands behind the #, so that only this page reads it. */
export function SharedPage() {
  const { t } = useWords();
  const kilim = useKilim();
  const [share] = useState(() => location.hash.slice(1));
  const shared = useQuery({ queryKey: ["shared", share], queryFn: () => loadShared(kilim, share) });
  usePage(t("shared.title"));
  if (shared.isError) return <Over />;
  if (!shared.data) return <div className="page" />;
  return <Opened key={shared.data.id} shared={shared.data} share={share} onGone={() => void shared.refetch()} />;
}

function Over() {
  const { t } = useWords();
  return (
    <div className="page narrow stack">
      <h1>{t("shared.over")}</h1>
      <p className="soft">{t("shared.overText")}</p>
    </div>
  );
}

interface OpenedProps {
  readonly shared: SharedList;
  readonly share: string;
  /** The list is not there any more: the link may open another now, into which it was laid, or none. */
  readonly onGone: () => void;
}

function Opened({ shared, share, onGone }: OpenedProps) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const { list, change } = useOpenList(shared.id, share, name.trim() || undefined);
  const shown = list.data ?? shared;
  const isGone = list.error instanceof KilimError && list.error.status === 404;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it goes
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone]);
  if (isGone) return <Over />;
  return (
    <div className="page stack">
      <header>
        <h1>{shared.can_claim ? t("shared.mine") : listName(t, shown)}</h1>
        <p className="soft">{t(shared.can_claim ? "shared.mineText" : `shared.${shown.right}`)}</p>
      </header>
      {shared.consent_wording && <News wording={shared.consent_wording} share={share} />}
      {shown.right === "edit" && (
        <label className="field">
          {t("shared.name")}
          <input name="guest-name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
      )}
      {shown.items.length > 0 && <IntoBag listId={shared.id} share={share} />}
      <ListItems list={shown} change={change} share={share} />
      {shared.can_claim && <Claim share={share} />}
    </div>
  );
}

/** Everything at once; what is in the bag already does not double. */
function IntoBag({ listId, share }: { readonly listId: string; readonly share: string }) {
  const { t } = useWords();
  const kilim = useKilim();
  const { keep } = useCart();
  const fill = useMutation({
    mutationFn: () => fillCart(kilim, listId, share),
    onSuccess: ({ left_out: _, ...cart }) => keep(cart),
  });
  return (
    <p className={styles.intoBag}>
      <button type="button" className="button accent" disabled={fill.isPending} onClick={() => fill.mutate()}>
        {t("intoBag.all")}
      </button>
      <span role="status">
        {fill.data && (
          <>
            {t("intoBag.done")}{" "}
            {fill.data.left_out.length > 0 && t("intoBag.leftOut", { count: fill.data.left_out.length })}{" "}
            <Link to="/cart" className="link">
              {t("product.toCart", { ns: "translation" })}
            </Link>
          </>
        )}
        {fill.isError && <span className="error">{t("error.cart", { ns: "translation" })}</span>}
      </span>
    </p>
  );
}

/** Opening the mail agrees to nothing; this button does. */
function News({ wording, share }: { readonly wording: string; readonly share: string }) {
  const { t } = useWords();
  const kilim = useKilim();
  const agree = useMutation({ mutationFn: () => confirmNews(kilim, share) });
  return (
    <section className={styles.panel}>
      <h2>{t("news.title")}</h2>
      <p>{wording}</p>
      {agree.isSuccess ? (
        <p role="status">{t("news.done")}</p>
      ) : (
        <button type="button" className="button" disabled={agree.isPending} onClick={() => agree.mutate()}>
          {t("news.yes")}
        </button>
      )}
    </section>
  );
}

/** A list from the store becomes hers once she has signed in. */
function Claim({ share }: { readonly share: string }) {
  const { t } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isSignedIn = useSignedIn();
  const claim = useMutation({
    mutationFn: () => claimShared(kilim, share),
    onSuccess: async (list) => {
      queries.setQueryData(["list", list.id], list);
      await queries.invalidateQueries({ queryKey: ["lists"] });
      await navigate({ to: "/lists/$list", params: { list: list.id }, replace: true });
    },
  });
  return (
    <section className={styles.panel}>
      <h2>{t("claim.title")}</h2>
      {isSignedIn ? (
        <button type="button" className="button accent" disabled={claim.isPending} onClick={() => claim.mutate()}>
          {t("claim.keep")}
        </button>
      ) : (
        <>
          <p className="soft">{t("claim.text")}</p>
          <SignInForm />
        </>
      )}
      {claim.isError && <p className="error">{refusal(t, claim.error, t("orders.notDone"))}</p>}
    </section>
  );
}
