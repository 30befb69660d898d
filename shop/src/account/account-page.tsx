import { useTranslation } from "react-i18next";
import { usePage } from "../layout/use-page.ts";
import { OrderList } from "./order-list.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignedIn } from "./signed-in.tsx";
import { useShopper } from "./use-shopper.ts";

export function AccountPage() {
  const { t } = useTranslation();
  const shopper = useShopper();
  usePage(t("nav.account"));
  if (shopper.isPending) return <div className="page" />;
  if (!shopper.data) {
    return (
      <div className="page narrow stack">
        <h1>{t("account.signIn")}</h1>
        <p className="soft">{t("account.why")}</p>
        <SignInForm />
      </div>
    );
  }
  return (
    <div className="page stack">
      <SignedIn shopper={shopper.data} />
      <OrderList />
    </div>
  );
}
