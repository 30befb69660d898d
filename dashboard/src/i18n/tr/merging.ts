export const merging = {
  person: {
    actions: "Bu kişi için diğer işlemler",
    copyId: "Profil kimliğini kopyala",
  },
};
