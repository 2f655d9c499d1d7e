"""The NUWA-Infinity paper in PyTorch: autoregressive over autoregressive painting of pictures without an edge."""
