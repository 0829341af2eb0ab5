package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises the form factor, by its names and by the letters at the end of some models. */
final class FormFactorRecogniser implements Recogniser {
    private record Form(String name, Phrases phrases) {
        static Form of(String name, String phrases) {
            return new Form(name, Phrases.of(phrases));
        }
    }

    /**
     * In the order in which they win: an "Ultra Small" is no "Small", a "Micro Tower" no Micro, a "Tiny Mini-PC" a
     * Tiny.
     */
    private static final List<Form> FORMS = List.of(
            Form.of("laptop", """
                    laptop, notebook, thinkpad, latitude, elitebook, probook, macbook, chromebook, lifebook, zbook,
                    ultrabook, travelmate, 2 in 1, convertible, ideapad, vivobook, zenbook, surface pro, surface laptop"""),
            Form.of("all-in-one", "all in one, allinone, aio, imac, eliteone, proone"),
            Form.of("thin client", "thin client, thinclient, wyse, futro, igel"),
            Form.of("usff", "usff, ultra small form factor, ultra small, usdt, ultra slim desktop"),
            Form.of("sff", "sff, small form factor, small form, desktop sff, kleines gehäuse"),
            Form.of("tiny", "tiny"),
            Form.of("server", "server, poweredge, proliant, microserver, rack server, rackserver, 1u, 2u"),
            Form.of("tower", """
                    micro tower, microtower, mini tower, minitower, midi tower, miditower, full tower, tower, mt, cmt, twr,
                    bigtower, big tower, towergehäuse"""),
            Form.of("micro", "micro, mff, micro form factor, micropc, optiplex micro"),
            Form.of("mini", """
                    desktop mini, mini pc, minipc, mini, dm, mini desktop, nuc, nucbox, macmini, brix, zbox, vivomini, cubi,
                    chromebox, mini rechner, minirechner, mini computer, minicomputer, deskmini, mac studio"""));

    /** "Mini DisplayPort", "micro USB", "3200 MT/s", "home server". */
    private static final Set<String> OTHER_AFTER =
            Words.set("dp displayport hdmi display usb sd sdhc sim s sata jack itx atx os software lizenz");

    private static final Set<String> OTHER_BEFORE = Words.set("home heim windows for für als as");

    private record Suffix(String name, Pattern model) {}

    private static final List<Suffix> SUFFIXES = List.of(
            new Suffix("tiny", Pattern.compile("m?[0-9]{2,3}q|m[0-9]{3}x|m93p")),
            new Suffix("sff", Pattern.compile("m[0-9]{2,3}s")),
            new Suffix("tower", Pattern.compile("m[0-9]{2,3}t")),
            new Suffix("micro", Pattern.compile("[3579]0[1-9]0m")),
            new Suffix("mini", Pattern.compile("nuc[0-9]{1,2}[a-z0-9]{2,8}|q[59][0-9]{2}|pn[0-9]{2}")));

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.FORM_FACTOR, Kind.TITLE)) {
            Tokens tokens = Tokens.of(fact.text());
            Optional<String> form = named(tokens).or(() -> bySuffix(tokens));
            if (form.isPresent()) {
                findings.text("form_factor", form.get(), 100, fact.source());
                return;
            }
        }
    }

    private static Optional<String> named(Tokens tokens) {
        return FORMS.stream()
                .filter(form -> isNamed(tokens, form))
                .map(Form::name)
                .findFirst();
    }

    private static boolean isNamed(Tokens tokens, Form form) {
        for (int i = 0; i < tokens.size(); i++) {
            int length = form.phrases().at(tokens, i);
            boolean isOther = OTHER_AFTER.contains(tokens.word(i + length))
                    || (form.name().equals("server") && OTHER_BEFORE.contains(tokens.word(i - 1)));
            if (length > 0 && !isOther) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> bySuffix(Tokens tokens) {
        return SUFFIXES.stream()
                .filter(suffix -> tokens.all().stream()
                        .anyMatch(token -> suffix.model().matcher(token.text()).matches()))
                .map(Suffix::name)
                .findFirst();
    }
}
