package dealbrain.web;

import dealbrain.http.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the fields of a form, each with what was typed and its error. Before a form is sent, {@code typed} has the
 * values to begin with.
 */
record Fields(Form typed, FormErrors errors) {
    static final Fields EMPTY = new Fields(new Form(Map.of()), FormErrors.NONE);

    /** A choice of a field. */
    record Choice(String value, String label, boolean isSelected) {}

    Field text(String name, String label) {
        return new Field(name, label, "text", typed.text(name), errors.take(name, label));
    }

    /** Makes a field that never shows what was typed. */
    Field password(String name, String label) {
        return new Field(name, label, "password", "", errors.take(name, label));
    }

    /** Makes a field with another type of HTML, such as {@code email} or {@code number}. */
    Field ofType(String type, String name, String label) {
        return new Field(name, label, type, typed.text(name), errors.take(name, label));
    }

    /** Makes a field of several lines. */
    Field lines(String name, String label) {
        return new Field(name, label, Field.LINES, typed.text(name), errors.take(name, label));
    }

    Field checkbox(String name, String label) {
        return new Field(name, label, Field.CHECKBOX, typed.has(name) ? "on" : "", errors.take(name, label));
    }

    /** Makes a list of which one is chosen; {@code choices} are labels by value, in their order. */
    Field choice(String name, String label, Map<String, String> choices) {
        String chosen = typed.text(name);
        List<Choice> all = choices.entrySet().stream()
                .map(each ->
                        new Choice(each.getKey(), each.getValue(), each.getKey().equals(chosen)))
                .toList();
        return new Field(name, label, Field.CHOICE, chosen, errors.take(name, label)).choices(all);
    }

    /** Returns a value for JSON; null for an empty field. */
    static Optional<String> orNone(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
