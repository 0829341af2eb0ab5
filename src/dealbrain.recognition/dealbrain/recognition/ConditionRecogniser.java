package dealbrain.recognition;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dealbrain.listings.Condition;
import dealbrain.recognition.Fact.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises the condition, English and German. A machine for parts is used, with {@code for_parts} in the attributes;
 * a grade such as "Grade A" is that of a refurbisher. "New" counts only where it is about the machine, not about a
 * drive.
 */
final class ConditionRecogniser implements Recogniser {
    private static final Phrases FOR_PARTS = Phrases.of("""
            for parts, for spares, parts only, spares or repair, spares or repairs, spares repair, spares repairs,
            spares and repairs, not working, non working, nonworking, defekt, defekter, defektes, defekte, für bastler,
            an bastler, bastler, bastlerware, ersatzteile, ersatzteilspender, als ersatzteil, ersatzteillager, as is, broken,
            faulty, kaputt, damagedcondition, no post, does not boot, doesn t boot, won t boot, won t turn on, dead,
            for repair, needs repair, untested, ungetestet""");

    private static final Phrases REFURBISHED = Phrases.of("""
            refurbished, refurb, refurbed, refub, renewed, reconditioned, remanufactured, recertified, refurbishedcondition,
            generalüberholt, generalüberholte, generalüberholter, generalüberholtes, generalueberholt, general überholt,
            überholt, aufbereitet, wiederaufbereitet, erneuert, runderneuert, reconditionné, refurbisht, grade a, grade b,
            grade c, a grade, b grade, c grade, klasse a, klasse b, professionell aufbereitet, seller refurbished""");

    private static final Phrases USED = Phrases.of("""
            used, usedcondition, pre owned, preowned, second hand, secondhand, 2nd hand, gebraucht, gebrauchte, gebrauchter,
            gebrauchtes, gebrauchtware, gebr, like new, as new, wie neu, fast neu, neuwertig, neuwertiger, neuwertiges,
            open box, openbox, ex lease, off lease, lease return, leasingrückläufer, leasing rückläufer, rückläufer, bware,
            b ware, gut erhalten, guter zustand, gutem zustand, sehr guter zustand, sehr gutem zustand, top zustand,
            super zustand, einwandfreier zustand, good condition, very good condition, great condition, excellent condition,
            fair condition, tested working, tested and working, voll funktionsfähig, ex office, ex corporate,
            decommissioned, pulled from""");

    private static final Phrases NEW = Phrases.of("""
            new, brand new, newcondition, brandneu, brandneuer, brandneues, nagelneu, fabrikneu, neu, neuer, neues, neue,
            neuware, sealed, factory sealed, bnib, nib, nisb, unopened, ungeöffnet, originalverpackt, new in box,
            unbenutzt, unused, never used""");

    private static final Set<String> NEGATIONS =
            Words.set("not no nicht kein keine never nie without ohne nothing nichts");

    /** After them, "new" is about a part: "new SSD", "neuer Akku", "new Windows". */
    private static final Set<String> PARTS = Words.set("""
            ssd hdd nvme battery akku batterie fan lüfter ram psu thermal windows win install installation installed
            keyboard tastatur cable kabel charger netzteil paste m drive wifi wlan case gehäuse bios cmos price preis low
            lower stock listing york wärmeleitpaste kühler cooler memory display screen 1tb 2tb 256gb 512gb 500gb 16gb 32gb
            8gb installiert aufgesetzt software lizenz license gpu in mit preiswert gekauft bestückt power os
            """);

    /** Before "new", they say what is new: "Akku neu", "like new". */
    private static final Set<String> BEFORE_NEW = Words.set("""
            like as wie fast almost nearly near akku batterie battery ssd ram lüfter netzteil nicht not und with mit
            """);

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.CONDITION, Kind.TITLE, Kind.DESCRIPTION)) {
            Tokens tokens = Tokens.of(fact.text());
            Optional<Condition> condition = condition(tokens);
            if (condition.isPresent()) {
                Condition found = condition.get();
                findings.text("condition", found.name().toLowerCase(Locale.ROOT), 20, fact.source());
                addDetails(tokens, fact.source(), findings);
                return;
            }
        }
    }

    private static Optional<Condition> condition(Tokens tokens) {
        if (has(tokens, REFURBISHED)) {
            return Optional.of(Condition.REFURB);
        }
        if (has(tokens, FOR_PARTS) || has(tokens, USED)) {
            return Optional.of(Condition.USED);
        }
        return isNew(tokens) ? Optional.of(Condition.NEW) : Optional.empty();
    }

    private static boolean has(Tokens tokens, Phrases phrases) {
        for (int i = 0; i < tokens.size(); i++) {
            if (phrases.at(tokens, i) > 0 && !NEGATIONS.contains(tokens.word(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNew(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            int length = NEW.at(tokens, i);
            boolean isOfPart = tokens.isJoined(i + length) && PARTS.contains(tokens.word(i + length));
            boolean isQualified = tokens.isJoined(i) && BEFORE_NEW.contains(tokens.word(i - 1));
            if (length > 0 && !isOfPart && !isQualified && !NEGATIONS.contains(tokens.word(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static void addDetails(Tokens tokens, OfferSource source, Findings findings) {
        if (has(tokens, FOR_PARTS)) {
            findings.attribute("for_parts", BooleanNode.TRUE, source);
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (List.of("grade", "klasse").contains(tokens.word(i))) {
                String after = tokens.word(i + 1);
                String grade = after.length() == 1 ? after : tokens.word(i - 1);
                if (List.of("a", "b", "c").contains(grade)) {
                    findings.attribute("grade", TextNode.valueOf(grade.toUpperCase(Locale.ROOT)), source);
                    return;
                }
            }
        }
    }
}
