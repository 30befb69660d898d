import { Paper, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { BrandKit } from "../../../server/src/messages/contracts.ts";

/** A few lines in the kit's own colours and fonts. */
export function BrandSample({ kit }: { readonly kit: BrandKit }) {
  const { t, i18n } = useTranslation();
  const { colors, fonts, radius, logo } = kit;
  const footer = kit.footer[i18n.language] ?? Object.values(kit.footer)[0] ?? "";
  return (
    <Paper p="md" component="section" aria-label={t("brand.sample")}>
      <Title order={2} mb="sm">
        {t("brand.sample")}
      </Title>
      <div style={{ background: colors.background, padding: 16, borderRadius: 6 }}>
        <div style={{ background: colors.surface, color: colors.text, padding: 24, fontFamily: fonts.body }}>
          {logo ? (
            <img src={`/assets/images/${logo.image}`} alt={logo.alt} style={{ width: logo.width, maxWidth: "100%" }} />
          ) : (
            <strong style={{ color: colors.primary, fontFamily: fonts.heading, fontSize: 20 }}>{kit.name}</strong>
          )}
          <p style={{ fontFamily: fonts.heading, fontSize: 24, fontWeight: 700, margin: "12px 0 4px" }}>{kit.name}</p>
          <p style={{ margin: "0 0 16px" }}>{t("brand.sampleText")}</p>
          <span
            style={{
              display: "inline-block",
              padding: "10px 20px",
              background: colors.primary,
              color: colors.on_primary,
              borderRadius: radius,
            }}
          >
            {t("brand.sampleButton")}
          </span>
        </div>
        {footer ? (
          <p
            style={{
              color: colors.muted,
              fontSize: 12,
              textAlign: "center",
              whiteSpace: "pre-wrap",
              margin: "12px 0 0",
            }}
          >
            {footer}
          </p>
        ) : null}
      </div>
    </Paper>
  );
}
