"""Sampling: noise hangs on the place and the seed alone, and its argmax is a sample of the softmax."""

import numpy as np
import pytest
import torch

from engine.inference.sampling import batched_noise, choose, choose_without_asking, gumbel_noise, restrict
from engine.request import Patch

LOGITS = torch.tensor([1.5, 0.0, -0.5, 2.0, -3.0, 0.7, 0.7, -1.0])


def counts(temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0, draws: int = 20_000) -> np.ndarray:
    """How often each entry is chosen; every draw is another token of one patch."""
    noise = torch.from_numpy(gumbel_noise(11, Patch(3, -4), draws, len(LOGITS)))
    chosen = choose(LOGITS.expand(draws, -1), noise, temperature, top_k, top_p)
    return np.bincount(chosen.numpy(), minlength=len(LOGITS))


@pytest.mark.parametrize("temperature", [1.0, 0.7, 1.6])
def test_the_argmax_with_gumbel_noise_is_a_sample_of_the_softmax(temperature: float) -> None:
    found = counts(temperature)
    expected = (LOGITS.double() / temperature).softmax(-1).numpy() * found.sum()
    chi_square = ((found - expected) ** 2 / expected).sum()
    assert chi_square < 24.3  # one in a thousand for seven degrees of freedom


def test_noise_does_not_depend_on_batch_order_or_length() -> None:
    patches = [Patch(0, 0), Patch(-2, 5), Patch(7, -1, 3)]
    together = batched_noise(5, patches, 16, 10)
    backwards = batched_noise(5, patches[::-1], 16, 10)
    assert (together == backwards.flip(0)).all()
    for patch, noise in zip(patches, together, strict=True):
        assert (gumbel_noise(5, patch, 16, 10) == noise.numpy()).all()
        assert (gumbel_noise(5, patch, 7, 10) == noise[:7].numpy()).all()


def test_every_place_has_noise_of_its_own() -> None:
    places = [Patch(x, y, f) for x in (-70_000, -2, -1, 0, 1, 2) for y in (-1, 0, 1) for f in (0, 1)]
    first = {tuple(gumbel_noise(0, place, 1, 4)[0]) for place in places}
    assert len(first) == len(places)
    blocks = np.concatenate([gumbel_noise(0, place, 16, 16).ravel() for place in places])
    assert len(np.unique(blocks)) > 0.99 * len(blocks)  # no stretch of one place comes again in another


def test_every_seed_has_noise_of_its_own_however_large() -> None:
    seeds = [0, 1, -1, 2**31, 2**32, 2**53 + 1, 2**63, 2**63 + 1, 2**64 - 1, 2**64, 2**64 + 1, 2**127]
    noise = {tuple(gumbel_noise(seed, Patch(1, 1), 1, 4)[0]) for seed in seeds}
    assert len(noise) == len(seeds)


def test_noise_is_the_same_on_every_machine() -> None:
    """Paintings are resumed and told by seed: the words are those of Philox 4×64, not of any library's distribution."""
    words = np.random.Philox(key=7, counter=np.array([0, 2, 2**64 - 3, 0], np.uint64)).random_raw(2)
    uniform = (np.array([words[0] & 0xFFFFFFFF, words[0] >> 32, words[1] & 0xFFFFFFFF]) + 0.5) / 2**32
    assert gumbel_noise(7, Patch(2, -3), 1, 3)[0] == pytest.approx(-np.log(-np.log(uniform)), rel=1e-6)
    assert np.isfinite(gumbel_noise(7, Patch(2, -3), 64, 100)).all()


def test_top_k_keeps_the_k_most_likely() -> None:
    kept = restrict(LOGITS[None], top_k=3)[0].isfinite()
    assert kept.tolist() == [True, False, False, True, False, True, True, False]  # a tie at the border stays
    assert restrict(LOGITS[None], top_k=2)[0].isfinite().nonzero().flatten().tolist() == [0, 3]
    assert (restrict(LOGITS[None], top_k=100) == LOGITS).all()


def test_top_p_keeps_the_smallest_nucleus_that_reaches_p() -> None:
    logits = torch.tensor([[0.5, 0.3, 0.15, 0.05]]).log()
    for top_p, kept in ((0.4, 1), (0.6, 2), (0.81, 3), (0.96, 4), (1.0, 4), (1e-9, 1)):
        assert restrict(logits, top_p=top_p)[0].isfinite().tolist() == [i < kept for i in range(4)], top_p


def test_what_is_chosen_in_a_nucleus_is_what_is_chosen_among_it_alone() -> None:
    logits = 4 * torch.randn(500, 30, generator=torch.Generator().manual_seed(1))
    noise = torch.from_numpy(gumbel_noise(3, Patch(0, 0), 500, 30))
    for top_p in (0.05, 0.5, 0.9, 1.0):
        among = (restrict(logits, 0.8, 20, top_p, 0.01) + noise).argmax(-1)
        assert torch.equal(choose(logits, noise, 0.8, 20, top_p, 0.01), among), top_p
    assert not torch.equal(choose(logits, noise, top_p=0.5), choose(logits, noise)), "some were outside"


def test_min_p_keeps_few_where_one_is_likely_and_many_where_none_is() -> None:
    sure, unsure = (torch.tensor([shares]).log() for shares in ([0.88, 0.06, 0.04, 0.02], [0.3, 0.28, 0.22, 0.2]))
    assert restrict(sure, min_p=0.12)[0].isfinite().tolist() == [True, False, False, False]
    assert restrict(unsure, min_p=0.12)[0].isfinite().all()
    assert (restrict(sure, temperature=2.0, min_p=0.05).isfinite() == restrict(sure, min_p=0.05).isfinite()).all()
    assert torch.equal(restrict(unsure, min_p=0.0), unsure)


def test_what_is_outside_is_never_chosen_and_the_rest_keeps_its_proportions() -> None:
    found = counts(top_k=2)
    assert set(found.nonzero()[0]) == {0, 3}
    share = LOGITS[[0, 3]].double().softmax(-1)[0].item()
    assert abs(found[0] / found.sum() - share) < 4 * (share * (1 - share) / found.sum()) ** 0.5
    assert set(counts(top_p=0.3).nonzero()[0]) == {3}


def test_a_small_change_of_logits_changes_few_choices() -> None:
    noise = torch.from_numpy(gumbel_noise(1, Patch(0, 0), 5000, len(LOGITS)))
    shaken = LOGITS + 1e-2 * torch.randn(5000, len(LOGITS), generator=torch.Generator().manual_seed(0))
    changed = (choose(LOGITS.expand(5000, -1), noise) != choose(shaken, noise)).float().mean()
    assert changed < 0.02


@pytest.mark.parametrize("temperature", [1.0, 0.7])
@pytest.mark.parametrize(("top_k", "top_p", "min_p"), [(0, 1.0, 0.0), (0, 0.9, 0.0), (40, 0.8, 0.0), (9, 1.0, 0.02)])
def test_compiled_the_same_tokens_are_chosen(temperature: float, top_k: int, top_p: float, min_p: float) -> None:
    """The plain form is what float64 is chosen by; the logits are spread as a decoder's are."""
    logits = torch.from_numpy(np.random.default_rng(5).normal(0, 2.5, (300, 1000)).astype(np.float32))
    noise = torch.from_numpy(gumbel_noise(3, Patch(1, 2), 300, 1000))
    cuts = temperature, top_k, top_p, min_p
    chosen = choose(logits, noise, *cuts)
    assert torch.equal(chosen, choose(logits.double(), noise.double(), *cuts))
    together = choose(logits.view(3, 100, 1000), noise.view(3, 100, 1000), *cuts)
    assert torch.equal(together, chosen.view(3, 100)), "all places of several patches at once"


@pytest.mark.parametrize(("top_k", "top_p", "min_p"), [(0, 1.0, 0.0), (0, 0.7, 0.0), (3, 0.8, 0.05)])
def test_without_asking_the_same_tokens_are_chosen(top_k: int, top_p: float, min_p: float) -> None:
    noise = torch.from_numpy(gumbel_noise(11, Patch(3, -4), 2000, len(LOGITS)))
    logits = (LOGITS + 0.01 * torch.arange(8)).expand(2000, -1)  # of equal ones either may be in the nucleus
    cuts = 0.9, top_k, top_p, min_p
    assert torch.equal(choose(logits, noise, *cuts), choose_without_asking(logits, noise, *cuts))
