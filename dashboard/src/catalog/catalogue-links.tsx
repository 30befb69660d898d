import { useTranslation } from "react-i18next";

import { ButtonLink } from "../parts/link.tsx";

/** From the products to what is done with all of them. */
export function CatalogueLinks() {
  const { t } = useTranslation();
  return (
    <>
      <ButtonLink to="/products/new">{t("productForm.new")}</ButtonLink>
      <ButtonLink to="/products/import" variant="default">
        {t("products.import")}
      </ButtonLink>
      <ButtonLink to="/products/feeds" variant="default">
        {t("products.feeds")}
      </ButtonLink>
      <ButtonLink to="/products/reviews" variant="default">
        {t("products.reviews")}
      </ButtonLink>
    </>
  );
}
