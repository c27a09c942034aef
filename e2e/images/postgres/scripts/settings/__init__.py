"""From the container's environment to Patroni's configuration file. No network, no database: variables in, files out."""
