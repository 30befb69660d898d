import { Box, Stack } from "@mantine/core";

import type { Segment } from "../queries.ts";
import { CompositionCard } from "./composition-card.tsx";
import classes from "./insight.module.css";
import { NewestCard } from "./newest-card.tsx";
import { SizeCard } from "./size-card.tsx";

/** How large it is and was, what its people are like, and who came in last. */
export function OverviewTab({ segment }: { readonly segment: Segment }) {
  return (
    <Box className={classes.columns}>
      <Stack gap="md" miw={0}>
        <SizeCard segment={segment} />
        <CompositionCard segment={segment} />
      </Stack>
      <NewestCard segment={segment} />
    </Box>
  );
}
