# docker build -t migrationportal . && docker run -p 8080:8080 -v portal-data:/data migrationportal
# Data lives in /data, in a PostgreSQL that the portal runs itself; with ConnectionStrings__Portal it uses yours instead.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# The analyzers have judged the source before; judging it again takes longer than compiling it.
RUN dotnet publish src/MigrationPortal/MigrationPortal.csproj -c Release -p:RunAnalyzers=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The runtime image may be of another Debian or of Ubuntu: PostgreSQL 15 or newer, whichever its distribution has.
# tini is process 1: it reaps the database server, which outlives the command that started it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-common curl tini libgssapi-krb5-2 \
 && mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >> /etc/postgresql-common/createcluster.conf \
 && (apt-get install -y --no-install-recommends postgresql-15 || apt-get install -y --no-install-recommends postgresql) \
 && (apt-get install -y --no-install-recommends libldap2 || apt-get install -y --no-install-recommends libldap-2.5-0) \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -m 0700 -o "$APP_UID" /data
COPY --from=build /app /app
WORKDIR /app
ENV Data__Directory=/data \
    LDAPNOINIT=1 \
    HTTP_PORTS=8080
VOLUME /data
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD curl -fsS http://localhost:8080/health/live
# SIGTERM reaches the portal, which stops its database before it goes.
ENTRYPOINT ["tini", "--", "dotnet", "MigrationPortal.dll"]
