import { type Db, one, rows, sql } from "../../platform/db.ts";

export interface ImageRow {
  readonly id: string;
  readonly name: string;
  readonly media_type: string;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly author: string;
  readonly created_at: string;
}

const SHOWN = sql`id, name, media_type, width, height, octet_length(bytes) as size, author, created_at`;

export interface NewImage extends Omit<ImageRow, "size"> {
  readonly hash: Buffer;
  readonly bytes: Buffer;
}

/** The image's row; the one that was there before when the same picture was uploaded already. */
export async function keepImage(db: Db, image: NewImage): Promise<ImageRow> {
  await sql`
    insert into messages.images (id, hash, name, media_type, width, height, bytes, author, created_at)
    values (${image.id}, ${image.hash}, ${image.name}, ${image.media_type}, ${image.width}, ${image.height},
            ${image.bytes}, ${image.author}, ${image.created_at})
    on conflict (hash) do nothing`.execute(db);
  const [row] = await rows(db, sql<ImageRow>`select ${SHOWN} from messages.images where hash = ${image.hash}`);
  if (!row) throw new Error("an image that was just kept is gone");
  return row;
}

export function listImages(db: Db, before: string | null, limit: number): Promise<ImageRow[]> {
  return rows(
    db,
    sql<ImageRow>`
      select ${SHOWN} from messages.images
      where ${before === null ? sql`true` : sql`id < ${before}`} order by id desc limit ${limit}`,
  );
}

export function loadImage(db: Db, id: string): Promise<{ media_type: string; bytes: Buffer } | undefined> {
  return one(
    db,
    sql<{ media_type: string; bytes: Buffer }>`select media_type, bytes from messages.images where id = ${id}`,
  );
}
