package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.regex.Pattern;

/** Recognises the seller, without the number of ratings that shops write after the name. */
final class SellerRecogniser implements Recogniser {
    private static final Pattern RATINGS = Pattern.compile("\\s{0,3}\\([0-9.,% ]{1,15}\\).{0,200}");

    @Override
    public void recognise(Offer offer, Findings findings) {
        offer.first(Kind.SELLER)
                .ifPresent(fact -> findings.text(
                        "seller",
                        RATINGS.matcher(PlainText.shortened(fact.text(), 255)).replaceFirst(""),
                        255,
                        fact.source()));
    }
}
