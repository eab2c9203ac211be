"""Where, when and through which door a flow is started."""
