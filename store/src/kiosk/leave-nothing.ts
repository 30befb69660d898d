/** The page for the next person: a new one, in the place of this one in the browser's history. */
export function startOver(): void {
  location.replace("/kiosk/");
}

/** A page that the browser kept alive belongs to somebody who has gone: whoever comes back to it gets a new one. */
export function leaveNothing(): void {
  addEventListener("pageshow", (event) => {
    if (event.persisted) startOver();
  });
}
