# Targets and what they do: make help
MAVEN ?= mvn -B
.DEFAULT_GOAL := help
.PHONY: help demo test drill bench build dist plugin-repo format clean

help: ## Print the targets
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: ## Show it: a node, pods, policies, and what really gets through
	@.ci/prepare || echo "Going on without real packets." >&2
	$(MAVEN) -q -DskipTests -pl distribution,itests/demo -am package
	distribution/target/sluice/runtime/bin/java --enable-native-access=ALL-UNNAMED \
	  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp itests/lab/target/classes:itests/demo/target/classes \
	  io.sluice.demo.Demo distribution/target/sluice itests/demo/manifests

test: ## Every gate and every proof; installs what real packets need
	@.ci/prepare || [ "$$CI" != true ]
	$(MAVEN) -T2 verify

drill: ## Every fault under load, as a table: make drill, make drill BACKEND=nftables ONLY=agent-killed
	@.ci/prepare
	$(MAVEN) -q -DskipTests -Pdrill -pl distribution,itests/drill -am package -Ddrill.only="$(ONLY)" \
	  -Ddrill.backend="$(or $(BACKEND),ovs)"

bench: ## One benchmark, or all: make bench ONLY=A1
	$(MAVEN) -q -DskipTests -Pbench -pl itests/benchmarks -am package -Dbench.only="$(ONLY)"

build: ## Compile and pack everything with all gates, without running tests
	$(MAVEN) -DskipTests package

dist: ## Unpack the distribution at distribution/target/sluice/ and pack the tarball
	$(MAVEN) -DskipTests -pl distribution -am package

plugin-repo: ## What bundles are written against, as a Maven repository, with its Javadoc beside it
	$(MAVEN) -q -DskipTests -Pjavadoc -pl core/repository -am package
	@echo "file://$(CURDIR)/core/repository/target/repository"
	@echo "file://$(CURDIR)/core/repository/target/javadoc/index.html"

format: ## Rewrite the Java files the way the formatter gate wants them
	$(MAVEN) -q -N validate -Pformat

clean: ## Remove everything that was built
	$(MAVEN) clean
