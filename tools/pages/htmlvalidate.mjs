/** The rules for the HTML of the pages: all that are recommended, but for these. */
export default {
    root: true,
    extends: ["html-validate:recommended"],
    rules: {
        // Both are valid; the templates have the one that is shorter to read.
        "doctype-style": ["error", { style: "lowercase" }],
        // All buttons submit a form, as buttons without a type do: the pages need no scripts.
        "no-implicit-button-type": "off",
        // Takes buttons without a type for fields. Those of a row have the same name, and the value of the one pressed.
        "form-dup-name": "off",
        // The title of a page has the title of the deal, which is as long as its owner likes.
        "long-title": "off",
        // Icons have their names in titles, which these rules ignore. PageProbe compares the names in Chromium.
        "text-content": "off",
        "wcag/h30": "off",
        // The form of a collection has its buttons in the table, which has none if no deal matches.
        "wcag/h32": "off",
    },
};
