export const merging = {
  person: {
    actions: "Tindakan lain untuk orang ini",
    copyId: "Salin id profil",
  },
};
