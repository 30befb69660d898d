import { hash } from "node:crypto";

import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { type ImageRow, keepImage } from "../queries/images.pg.ts";
import { cleanImage } from "./clean-image.ts";
import { type CleanImage, ImageProblem } from "./image.ts";

/** Keeps a picture for messages. `name` is what the file was called; the bytes say what it is. */
export async function uploadImage(
  deps: Pick<MessagesDeps, "db" | "clock">,
  bytes: Buffer,
  about: { readonly name: string; readonly author: string },
): Promise<ImageRow> {
  const image = await clean(bytes);
  return keepImage(deps.db, {
    id: newId(deps.clock),
    hash: hash("sha256", image.bytes, "buffer"),
    name: about.name.replace(/\p{Cc}/gu, "").slice(0, 200),
    media_type: image.mediaType,
    width: image.width,
    height: image.height,
    bytes: image.bytes,
    author: about.author,
    created_at: deps.clock.now().toString(),
  });
}

async function clean(bytes: Buffer): Promise<CleanImage> {
  try {
    return await cleanImage(bytes);
  } catch (error) {
    if (error instanceof ImageProblem) throw refuse("image_not_valid", `The file cannot be used: ${error.message}.`);
    throw error;
  }
}
