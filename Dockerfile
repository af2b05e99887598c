# The static program in an image of its own: nothing else is in it, and nothing is fetched when it runs.
#
#     docker build -t sayso .
#     docker run --rm --network none --user "$(id -u):$(id -g)" -v "$PWD:/data" sayso analyze articles -o run1
#
# Without --user it runs as 65532, who is nobody and can write where everybody may. The lines of the build are those of tests/static.sh.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update -q && apt-get install -qy --no-install-recommends musl-tools && rm -rf /var/lib/apt/lists/*
WORKDIR /sayso
COPY . .
RUN target="$(uname -m)-unknown-linux-musl" \
    && rustup target add "$target" \
    && env "CC_$(echo "$target" | tr - _)=musl-gcc" cargo build --release --locked --target "$target" --bin sayso \
    && mkdir -p /image/tmp /image/data \
    && chmod 1777 /image/tmp /image/data \
    && cp "target/$target/release/sayso" LICENSE /image

FROM scratch
COPY --from=build /image /
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/sayso"]
