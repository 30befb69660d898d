import { list, rows, sql } from "../../platform/db.ts";
import { type Person, type PersonalData, readPages } from "../../platform/personal-data.ts";
import { countReviews } from "./queries/reviews.pg.ts";

export const personalData: PersonalData = {
  async erase(tx, person) {
    const gone = await rows(
      tx,
      sql<{ product_id: string }>`delete from catalog.review where ${isOf(person)} returning product_id`,
    );
    await countReviews(
      tx,
      gone.map((row) => row.product_id),
    );
    return { removed: { reviews: gone.length } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "reviews",
      sql`select id::text as key, to_jsonb(r) - 'profile_id' - 'written_by' as row from catalog.review r where ${isOf(person)}`,
    );
  },
};

function isOf(person: Person) {
  return sql`profile_id = any(${list("uuid", person.profileIds)})`;
}
