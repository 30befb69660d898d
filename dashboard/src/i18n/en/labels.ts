/** Shown names of words that come from the api; a word that is not here is shown as it is. */
export const labels = {
  label: {
    channel: {
      web: "Web",
      app: "App",
      store: "Store",
      kiosk: "Kiosk",
      email: "E-mail",
      sms: "SMS",
      whatsapp: "WhatsApp",
      push: "Push",
      social: "Social",
      ads: "Ads",
      phone: "Phone",
      chat: "Chat",
      voice: "Voice",
      mail: "Post",
      onsite: "On site",
      letter: "Letter",
      call: "Call",
      api: "API",
    },
  },
};
