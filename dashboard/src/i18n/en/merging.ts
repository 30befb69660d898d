export const merging = {
  person: {
    actions: "More about this person",
    copyId: "Copy the profile's id",
  },
};
