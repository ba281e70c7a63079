# Targets and what they do: make help
MAVEN ?= mvn -B
.DEFAULT_GOAL := help
.PHONY: help build dist format clean

help: ## Print the targets
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

build: ## Compile and pack everything with all gates, without running tests
	$(MAVEN) -DskipTests package

dist: ## Unpack the distribution at distribution/target/sluice/ and pack the tarball
	$(MAVEN) -DskipTests -pl distribution -am package

format: ## Rewrite the Java files the way the formatter gate wants them
	$(MAVEN) -q -N validate -Dformat.mode=--replace -Dexec.successCodes=0,1

clean: ## Remove everything that was built
	$(MAVEN) clean
