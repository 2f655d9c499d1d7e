"""Icons, weights, welcome pictures and translations: data only; a package so that it is installed beside the code."""
