package dealbrain.web;

import java.util.List;

/** A field of a form, for the template {@code field.html}. The methods without parameters are read by the template. */
final class Field {
    static final String LINES = "lines";
    static final String CHECKBOX = "checkbox";
    static final String CHOICE = "choice";

    private final String name;
    private final String label;
    private final String type;
    private final String value;
    private final String error;
    private String hint = "";
    private String autocomplete = "off";
    private boolean isRequired;
    private List<Fields.Choice> choices = List.of();

    Field(String name, String label, String type, String value, String error) {
        this.name = name;
        this.label = label;
        this.type = type;
        this.value = value;
        this.error = error;
    }

    /** Adds a text below the field. */
    Field hint(String text) {
        hint = text;
        return this;
    }

    Field required() {
        isRequired = true;
        return this;
    }

    /** Sets what the browser may fill in, a value of the attribute {@code autocomplete}; nothing by default. */
    Field autocomplete(String kind) {
        autocomplete = kind;
        return this;
    }

    Field choices(List<Fields.Choice> all) {
        choices = List.copyOf(all);
        return this;
    }

    String id() {
        return "f-" + name.replace('.', '-');
    }

    String name() {
        return name;
    }

    String label() {
        return label;
    }

    String type() {
        return type;
    }

    String value() {
        return value;
    }

    String error() {
        return error;
    }

    String hint() {
        return hint;
    }

    String autocomplete() {
        return autocomplete;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** Returns whether the field may be left empty, which its label says. */
    boolean isOptional() {
        return !isRequired && !isChoice();
    }

    List<Fields.Choice> choices() {
        return choices;
    }

    boolean isInput() {
        return !isLines() && !isCheckbox() && !isChoice();
    }

    boolean isLines() {
        return type.equals(LINES);
    }

    boolean isCheckbox() {
        return type.equals(CHECKBOX);
    }

    boolean isChoice() {
        return type.equals(CHOICE);
    }

    boolean isChecked() {
        return !value.isEmpty();
    }

    /** Returns the ids of the texts that describe the field: its error and its hint. */
    String describedBy() {
        String ofError = error.isEmpty() ? "" : id() + "-error";
        String ofHint = hint.isEmpty() ? "" : id() + "-hint";
        return (ofError + " " + ofHint).strip();
    }
}
