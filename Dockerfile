# The service on CPU: the page, the HTTP API, and everything that is needed offline.
#
#   docker build --tag lhassist .
#   docker run --read-only --tmpfs /tmp --volume luohe:/data --publish 127.0.0.1:7860:7860 lhassist

FROM python:3.12-slim AS build
WORKDIR /build
RUN python -m venv /opt/lhassist
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
RUN /opt/lhassist/bin/pip install --no-cache-dir --constraint constraints.txt '.[local]'

FROM python:3.12-slim
# onnxruntime, faiss and llama.cpp use OpenMP.
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin lhassist \
    && mkdir /data && chown lhassist /data
COPY --from=build /opt/lhassist /opt/lhassist
COPY --chown=lhassist corpus /data/corpus
# What changes lies in /data; the rest of the file system may be read-only.
ENV PATH=/opt/lhassist/bin:$PATH \
    HOME=/tmp \
    LHASSIST_CACHE_DIR=/data/cache \
    LHASSIST_INDEX_DIR=/data/index \
    LHASSIST_CORPUS_DIR=/data/corpus \
    LHASSIST_MODELS_DIR=/data/models \
    LHASSIST_FEEDBACK_LOG=/data/feedback.jsonl \
    LHASSIST_HOST=0.0.0.0 \
    PYTHONUNBUFFERED=1
USER lhassist
WORKDIR /data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --start-period=120s --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/health', timeout=4)"]
CMD ["lhassist", "serve"]
