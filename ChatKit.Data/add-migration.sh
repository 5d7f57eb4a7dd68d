#!/usr/bin/env bash
# Adds a migration of one service's tables (Chat, Users or Gateway) for SQLite and for PostgreSQL:   ChatKit.Data/add-migration.sh Chat AddSomething
#
# The product does not reference EF's design package; it is restored here, in a temporary project. Two packages of its closure are missing on
# some feeds, and scaffolding a migration uses neither, so empty stand-ins take their places, in a package folder of their own.
set -euo pipefail
service=${1:?usage: add-migration.sh Chat|Users|Gateway NameOfTheMigration}
name=${2:?usage: add-migration.sh Chat|Users|Gateway NameOfTheMigration}
data=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ef=10.0.14
global=${NUGET_PACKAGES:-$HOME/.nuget/packages}

stand_in() {
  mkdir -p "$work/$1"
  cat > "$work/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <PackageId>$1</PackageId>
    <Version>$2</Version>
    <AssemblyName>StandIn.$1</AssemblyName>
    <Description>Empty stand-in</Description>
  </PropertyGroup>
</Project>
XML
  dotnet pack "$work/$1" -o "$work/feed" -v q --nologo > "$work/log" || { cat "$work/log"; exit 1; }
}
stand_in Mono.TextTemplating 3.0.0
stand_in Microsoft.VisualStudio.SolutionPersistence 1.0.52

mkdir "$work/Scaffold"
cat > "$work/Scaffold/Scaffold.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <RestoreAdditionalProjectSources>$work/feed</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
    <RestoreFallbackFolders>$global</RestoreFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <ProjectReference Include="$data/ChatKit.Data.csproj" />
    <PackageReference Include="Microsoft.EntityFrameworkCore.Design" Version="$ef" />
  </ItemGroup>
</Project>
XML
sed "s/{Service}/$service/g" > "$work/Scaffold/Contexts.cs" <<'CS'
using ChatKit.Data.{Service};
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

// Scaffolding compares models; nothing is connected to.
abstract class Contexts<T>(DatabaseKind kind, string connection) : IDesignTimeDbContextFactory<T> where T : {Service}DbContext
{
    public T CreateDbContext(string[] args) => new ServiceCollection().AddLogging().Add{Service}Database(new DatabaseTarget(kind, connection))
        .BuildServiceProvider().GetRequiredService<IDbContextFactory<T>>().CreateDbContext();
}
class Sqlite() : Contexts<Sqlite{Service}DbContext>(DatabaseKind.Sqlite, "Data Source=scaffold.db");
class Postgres() : Contexts<Postgres{Service}DbContext>(DatabaseKind.PostgreSql, "Host=localhost;Database=scaffold");
class Program { static void Main() { } }
CS

dotnet tool install dotnet-ef --version "$ef" --tool-path "$work/tools" > "$work/log" || { cat "$work/log"; exit 1; }
dotnet build "$work/Scaffold" -v q --nologo
for provider in Sqlite Postgres; do
  "$work/tools/dotnet-ef" migrations add "$name" --no-build --project "$data" --startup-project "$work/Scaffold" \
    --context "${provider}${service}DbContext" --output-dir "$service/Migrations/$provider"
done
sed -i '1s/^\xEF\xBB\xBF//' "$data/$service"/Migrations/*/*.cs
