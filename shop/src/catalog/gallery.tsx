import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./product-page.module.css";
import type { Product } from "./queries.ts";
import { small } from "./small.ts";

interface GalleryProps {
  readonly product: Product;
  readonly title: string;
  /** Of the variant that is chosen. */
  readonly first: string;
}

/** The picture of what is chosen, and the others below it. */
export function Gallery({ product, title, first }: GalleryProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const urls = [...new Set([first, ...product.photos.map((photo) => photo.url)])];
  const shown = chosen !== null && urls.includes(chosen) ? chosen : first;
  const alt = product.photos.find((photo) => photo.url === shown)?.alt || title;
  return (
    <div className={styles.gallery}>
      <div className={styles.picture}>
        <img src={shown} alt={alt} width="800" height="800" fetchPriority="high" />
      </div>
      {urls.length > 1 && (
        <ul className={styles.thumbs}>
          {urls.map((url, i) => (
            <li key={url}>
              <button
                type="button"
                aria-pressed={url === shown}
                aria-label={t("product.picture", { number: i + 1 })}
                onClick={() => setChosen(url)}
              >
                <img src={small(url)} alt="" loading="lazy" width="72" height="72" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
