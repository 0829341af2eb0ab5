package dealbrain.recognition;

import java.util.List;

/**
 * A processor in a text.
 *
 * @param models the models that the words can mean; none if only the brand is written
 * @param brand  the brand before the model, such as {@code i5}; "" for none
 * @param tier   the number after the brand, such as the 5 of {@code Ryzen 5}; "" for none
 * @param start  the first word that belongs to it
 * @param end    the word after it
 */
record ProcessorMention(List<ProcessorModels.Model> models, String brand, String tier, int start, int end) {
    ProcessorMention {
        models = List.copyOf(models);
    }

    boolean hasModel() {
        return !models.isEmpty();
    }

    /** Returns whether both can be the same processor. */
    boolean agreesWith(ProcessorMention other) {
        if (hasModel() && other.hasModel()) {
            return models.equals(other.models);
        }
        if (!hasModel() && !other.hasModel()) {
            return brand.equals(other.brand) && (tier.isEmpty() || other.tier.isEmpty() || tier.equals(other.tier));
        }
        ProcessorMention exact = hasModel() ? this : other;
        ProcessorMention vague = hasModel() ? other : this;
        return exact.models.stream().anyMatch(model -> model.isOf(vague.brand, vague.tier));
    }
}
