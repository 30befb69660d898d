/**
 * For what a page reads anew on live notices: a notice during a read is followed by one more read, however many there
 * were. So the last read began after the last notice, and a shop in which something is sold all the time is read to its
 * end, also over a slow line.
 */
export function keepTrue(read: () => Promise<unknown>): () => void {
  let isReading = false;
  let isAskedAgain = false;
  const readOn = async () => {
    isReading = true;
    do {
      isAskedAgain = false;
      try {
        await read();
      } catch (error) {
        console.error("kilim: what changed could not be read", error);
      }
    } while (isAskedAgain);
    isReading = false;
  };
  return () => {
    isAskedAgain = true;
    if (!isReading) void readOn();
  };
}
