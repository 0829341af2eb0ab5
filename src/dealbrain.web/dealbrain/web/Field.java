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
    private String mode = "";
    private boolean isRequired;
    private boolean isOptional = true;
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
        isOptional = false;
        return this;
    }

    /** Leaves out the word that the field is optional, where no field of the form is required. */
    Field plain() {
        isOptional = false;
        return this;
    }

    /** Sets what the browser may fill in, a value of the attribute {@code autocomplete}; nothing by default. */
    Field autocomplete(String kind) {
        autocomplete = kind;
        return this;
    }

    /** Sets the keyboard that phones show, a value of the attribute {@code inputmode}. */
    Field mode(String kind) {
        mode = kind;
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

    String mode() {
        return mode;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** Returns whether the label says that the field may be left empty. */
    boolean isOptional() {
        return isOptional && !isChoice();
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
