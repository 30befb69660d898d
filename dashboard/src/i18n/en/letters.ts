export const letters = {
  letters: {
    subtitle: "Letters and postcards that wait for the printer, and the files that were made of them.",
    batches: "Files for the printer",
    none: "No file was made yet",
    noneText:
      "What journeys and broadcasts send by post waits here until a file for the printer is made of it, unless an account of a print service takes it.",
    waiting: {
      letter_a4_one: "{{shown}} letter waits for the printer",
      letter_a4_other: "{{shown}} letters wait for the printer",
      postcard_a6_one: "{{shown}} postcard waits for the printer",
      postcard_a6_other: "{{shown}} postcards wait for the printer",
    },
    make: "Make a file",
    format: "Format",
    formats: {
      letter_a4: "Letters, A4",
      postcard_a6: "Postcards, A6",
    },
    letters: "Pieces",
    made: "Made",
    file: "File",
  },
};
