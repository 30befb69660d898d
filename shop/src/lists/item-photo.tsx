import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useKilim } from "../kilim.tsx";
import { refusal } from "../refusal.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

interface ItemPhotoProps {
  /** Where the photos of its list or cart are. */
  readonly photos: string;
  readonly photoId: string;
  readonly share?: string | null;
  readonly title: string;
}

/** A picture's address opens nothing by itself: it is fetched with what proves who asks. */
export function ItemPhoto({ photos, photoId, share = null, title }: ItemPhotoProps) {
  const { t } = useWords();
  const kilim = useKilim();
  const photo = useQuery({
    queryKey: ["list-photo", photoId],
    queryFn: async () => {
      const headers = { ...kilim.headers(), ...byLink(share) };
      const answer = await fetch(`${photos}/${photoId}`, { headers, credentials: "omit" });
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.blob();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!photo.data) return;
    const made = URL.createObjectURL(photo.data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.data]);
  return url && <img src={url} alt={t("photoOf", { title })} className={styles.photo} />;
}

interface PhotoButtonProps {
  readonly photos: string;
  readonly share?: string | null;
  readonly label: string;
  readonly onDone: (photoId: string) => void;
}

/** Takes or picks a photo; the server leaves out where and when it was taken. */
export function PhotoButton({ photos, share = null, label, onDone }: PhotoButtonProps) {
  const { t } = useWords();
  const kilim = useKilim();
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const answer = await fetch(photos, {
        method: "POST",
        headers: { ...kilim.headers(), ...byLink(share), "content-type": "application/octet-stream" },
        body: file,
        credentials: "omit",
      });
      const told = (await answer.json()) as { photo_id: string; detail?: string };
      if (!answer.ok) throw new Error(told.detail ?? answer.statusText);
      return told.photo_id;
    },
    onSuccess: onDone,
  });
  return (
    <>
      <label className={styles.upload}>
        {upload.isPending ? t("photoSending") : t("photo")}
        <input
          type="file"
          accept="image/jpeg,image/png,image/webp"
          className="visually-hidden"
          aria-label={label}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) upload.mutate(file);
            event.target.value = "";
          }}
        />
      </label>
      {upload.isError && (
        <span className="error small" role="alert">
          {refusal(t, upload.error, t("orders.notDone"))}
        </span>
      )}
    </>
  );
}

function byLink(share: string | null): Record<string, string> {
  return share ? { "x-kilim-list-share": share } : {};
}
