"""Fifty searches as people type them, typos included: for roles, paths, lessons and words."""

QUERIES = [
    *("rag", "embedding", "embeddings", "ml engineer", "ML Engineer", "prompt engineer", "mlops"),
    *("KI Entwickler", "machine learning", "machine lerning", "fine tuning", "finetuning"),
    *("fine-tune", "system prompt", "what is a token", "tranformers", "transformer"),
    *("kubernetis", "kubernetes", "gradient descent", "learning rate", "attention"),
    *("vector database", "vectr index", "prompt injection", "promt injection", "evaluation"),
    *("how do i evaluate a model", "model", "language model", "GPU", "gpu memory", "latency"),
    *("canary release", "LoRA", "lora adapter", "quantization", "KV cache", "softmax"),
    *("overfitting", "backpropagation", "tokenizer", "tokenization", "hallucination", "JSON"),
    *("product manager", "computer vision", "security", "what does a call cost", "chunking"),
]
