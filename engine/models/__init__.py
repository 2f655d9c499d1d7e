"""Networks with weights: VQGAN, text encoder, vision decoder, PG-VQGAN, and how they are kept on disk."""
