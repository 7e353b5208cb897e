FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# CI=true: exactly the packages of the lock files.
RUN CI=true dotnet publish src/Workato.Connections.Web -c Release -o /published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown app:app /data
WORKDIR /app
COPY --from=build /published .
ENV ASPNETCORE_URLS=http://+:8080 \
    DataDirectory=/data
EXPOSE 8080
VOLUME /data
USER app
ENTRYPOINT ["dotnet", "Workato.Connections.Web.dll"]
