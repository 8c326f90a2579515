# Builds an image of Folkmoot: docker build -t folkmoot .
ARG NODE_IMAGE=node:26.10.0-trixie-slim

# Installs the packages of the lockfile and builds the web client and the server.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
# The image brings the right Node itself, so the one of the lockfile is taken out again.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node && npm cache clean --force
COPY . .
# As the user of the image: what V8 compiled is kept for each user apart.
RUN install -d -o node -g node dist
USER node
RUN node -e "import('./scripts/lib/builds.mjs').then((builds) => process.exit(builds.ensureWebBuilt() && builds.ensureServerBuilt() ? 0 : 1))"

FROM ${NODE_IMAGE}
# ffmpeg turns uploaded videos into what every browser plays; build with --build-arg FFMPEG= to leave it out.
ARG FFMPEG=ffmpeg
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates ${FFMPEG} \
  && rm -rf /var/lib/apt/lists/* \
  && ln -s /app/bin/folkmoot.mjs /usr/local/bin/folkmoot \
  && install -d -o node -g node -m 0700 /data
WORKDIR /app
COPY --from=build /app ./
ENV NODE_ENV=production \
    PORT=3000 \
    FOLKMOOT_DATA=/data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`, { signal: AbortSignal.timeout(4000) }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server/main.js", "serve"]
