# The published package on the Node.js that it is made for.
FROM node:26-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /tmp && mv /tmp/voxgauge-*.tgz /tmp/voxgauge.tgz

FROM node:26-slim
COPY --from=build /tmp/voxgauge.tgz /tmp/
RUN npm install --global --omit=dev /tmp/voxgauge.tgz && rm /tmp/voxgauge.tgz && mkdir /data && chown node /data
USER node
ENV VOXGAUGE_DATA=/data VOXGAUGE_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["voxgauge"]
CMD ["serve"]
