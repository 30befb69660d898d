/** A picture with nothing in its file but the picture. */
export interface CleanImage {
  readonly mediaType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

/** What is wrong with a picture, in words for whoever uploaded it. */
export class ImageProblem extends Error {}
