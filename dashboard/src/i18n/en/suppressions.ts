export const suppressions = {
  suppressions: {
    title: "Suppressed addresses",
    subtitle: "Addresses and numbers that nothing goes to, whatever their owners have agreed to.",
    channel: "Channel",
    address: "Address or number",
    email: "E-mail address",
    number: "Number",
    numberText: "With the country in front: +905551234567",
    reason: "Reason",
    since: "Since",
    reasons: {
      bounced: "Not reachable",
      complained: "Complained",
      stopped: "Said stop",
      manual: "By hand",
    },
    erased: "Of an erased person",
    erasedText: "Only a fingerprint of it is kept. The api lifts it for whoever names the address.",
    create: "Add an address or number",
    add: "Add",
    createText:
      "No message goes to it on this channel from now on: no broadcast, no journey, no call of the api, and no code, confirmation or receipt.",
    addressWrong: "This is no e-mail address. One looks like ayse@example.com.",
    numberWrong: "A number begins with + and its country, such as +905551234567.",
    created: "{{address}} is suppressed",
    lift: "Lift",
    liftOf: "Lift {{address}}",
    keep: "Keep it suppressed",
    liftTitle: "May messages go there again?",
    liftText:
      "Messages may go to {{address}} by {{channel}} again. Consent, caps and quiet hours hold as before, and what was not sent meanwhile is not made up for.",
    why: {
      bounced:
        "It was told that this address takes nothing. If that still holds, the next message brings it back here.",
      complained: "Its owner complained about a message. Lift it only if they have asked you to.",
      stopped: "Its owner wants nothing more. Lift it only if they have asked you to.",
      manual: "Somebody of the staff put it here.",
    },
    lifted: "Messages may go to {{address}} again",
    empty: "Nothing is suppressed here",
    emptyText:
      "Addresses that cannot be reached, and those of people who complain or answer STOP, come here by themselves. You can also add one by hand.",
  },
};
