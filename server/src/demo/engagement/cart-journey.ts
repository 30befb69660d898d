/** One letter to whoever left a cart; buying on any channel, or an emptied cart, ends the journey. */
export function cartJourney(segmentId: string, templateId: string) {
  return {
    name: "Abandoned cart",
    graph: {
      entry: { kind: "segment" as const, segment_id: segmentId },
      goal: { event: "Order Completed" },
      exit_when_leaves: true,
      // A new cart a week later is a new story; the same cart is not asked for twice.
      reentry: { mode: "after" as const, after: "P7D" },
      start: "letter",
      nodes: {
        letter: {
          kind: "send" as const,
          name: "Your cart is still here",
          channel: "email" as const,
          template_id: templateId,
          next: "answer",
        },
        answer: {
          kind: "wait_event" as const,
          name: "Wait for an order",
          event: "Order Completed",
          timeout: "P3D",
          next: "bought",
          on_timeout: "end",
        },
        bought: { kind: "exit" as const, name: "Bought" },
        end: { kind: "exit" as const, name: "No order" },
      },
    },
  };
}
