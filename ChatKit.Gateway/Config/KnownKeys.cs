namespace ChatKit.Gateway.Config;

/// <summary>
/// Keys that LiteLLM knows (https://docs.litellm.ai/docs/proxy/config_settings) and this version does not act on yet: they warn, and are neither
/// taken for typing errors nor sent to providers. Removing a name from here is part of implementing it.
/// </summary>
internal static class KnownKeys
{
    public static IReadOnlyList<string> TopLevelNotYet { get; } =
        ["mcp_servers", "mcp_tools", "vector_store_registry", "files_settings", "finetune_settings", "prompts", "search_tools",
         "assistant_settings", "policies", "agent_list", "default_vertex_config", "key_management_settings"];

    public static IReadOnlyList<string> DeploymentNotYet { get; } =
        ["guardrails", "fallbacks", "context_window_fallback_dict", "disable_fallbacks",
         "azure_username", "azure_password", "azure_ad_token_provider",
         "watsonx_region_name",
         "aws_sts_endpoint",
         "use_litellm_proxy", "configurable_clientside_auth_params", "cache_control_injection_points", "prompt_id",
         "prompt_variables", "supports_system_message", "hf_model_name", "initial_prompt_value", "roles", "final_prompt_value", "bos_token",
         "eos_token", "ssl_verify", "max_file_size_mb", "default_api_key_rpm_limit", "default_api_key_tpm_limit", "no-log", "mock_tool_calls",
         "mock_timeout", "mock_delay", "mock_testing_fallbacks", "auto_router_config", "auto_router_config_path", "auto_router_default_model",
         "auto_router_embedding_model", "complexity_router_config", "complexity_router_default_model", "s3_bucket_name", "gcs_bucket_name",
         "litellm_trace_id", "tpm_limit", "rpm_limit", "budget_reset_at"];

    /// <summary>Prices: <c>input_cost_per_token</c>, <c>cache_read_input_token_cost</c> …</summary>
    public static bool IsPrice(string key) => key.Contains("_cost_per_", StringComparison.Ordinal) || key.Contains("_token_cost", StringComparison.Ordinal);

    public static IReadOnlyList<string> RouterNotYet { get; } =
        ["default_priority", "default_litellm_params",
         "cache_responses",
         "cache_kwargs", "caching_groups", "client_ttl", "debug_level", "set_verbose", "polling_interval", "assistants_config", "alerting_config",
         "router_general_settings", "optional_pre_call_checks", "model_group_affinity_config", "deployment_affinity_ttl_seconds", "ignore_invalid_deployments",
         "search_tools", "guardrail_list", "max_retries"];

    public static IReadOnlyList<string> LiteLlmNotYet { get; } =
        ["service_callback", "audit_log_callbacks", "post_call_rules",
         "set_verbose", "json_logs", "redact_user_api_key_info", "redact_messages_in_exceptions", "log_raw_request_response",
         "langfuse_default_tags", "caching_groups", "enable_caching_on_provider_specific_optional_params",
         "enable_redis_auth_cache", "max_user_budget",
         "default_team_settings",
         "user_url_validation", "telemetry", "add_function_to_prompt", "return_response_headers", "forward_traceparent_to_llm_provider",
         "disable_add_prefix_to_prompt", "disable_copilot_system_to_assistant", "disable_end_user_cost_tracking", "disable_end_user_cost_tracking_prometheus_only",
         "disable_hf_tokenizer_download", "disable_add_transform_inline_image_block", "disable_stop_sequence_limit", "disable_streaming_logging",
         "disable_token_counter", "prometheus_initialize_budget_metrics",
         "prometheus_metrics_config", "prometheus_end_user_metrics_max_series_per_metric", "custom_prometheus_metadata_labels", "custom_prometheus_tags",
         "enable_json_schema_validation", "ssl_verify", "ssl_certificate", "ssl_security_level", "force_ipv4", "public_model_groups", "public_model_groups_links",
         "cost_discount_config", "cost_margin_config", "guardrails", "mcp_aliases", "mcp_semantic_tool_filter", "enable_preview_features",
         "include_cost_in_streaming_usage", "reasoning_auto_summary", "datadog_params", "datadog_llm_observability_params", "default_redis_batch_cache_expiry",
         "global_disable_no_log_param", "custom_provider_map", "use_client", "vector_store_registry", "s3_callback_params", "aws_sqs_callback_params",
         "api_base", "api_key", "api_version", "organization", "num_retries_per_request", "model_fallbacks", "max_tokens", "default_in_memory_ttl", "timezone"];

    public static IReadOnlyList<string> GeneralNotYet { get; } =
        ["database_url", "database_connection_pool_limit", "database_connection_timeout", "database_connection_pool_timeout", "database_type", "database_args",
         "disable_spend_updates", "disable_error_logs", "disable_master_key_return", "disable_retry_on_max_parallel_request_limit_error",
         "disable_reset_budget", "disable_adding_master_key_hash_to_db", "disable_prisma_schema_update", "disable_responses_id_security",
         "proxy_batch_polling_interval", "proxy_budget_rescheduler_min_time", "proxy_budget_rescheduler_max_time",
         "maximum_spend_logs_cleanup_cron",
         "reject_clientside_metadata_tags", "user_header_name", "user_header_mappings",
         "completion_model", "use_shared_health_check",
         "alerting_threshold", "alert_types", "alert_to_webhook_url", "alerting_args", "spend_report_frequency",
         "forward_client_headers_to_llm_api", "forward_openai_org_id", "always_include_stream_usage", "supported_db_objects",
         "enable_jwt_auth", "litellm_jwtauth", "enable_oauth2_auth", "enable_oauth2_proxy_auth", "oauth2_config_mappings", "enforced_params", "infer_model_from_keys", "custom_auth",
         "custom_auth_settings", "custom_key_generate", "custom_sso", "custom_ui_sso_sign_in_handler", "use_x_forwarded_for", "use_google_kms", "use_azure_key_vault", "key_management_system",
         "key_management_settings", "service_account_settings", "image_generation_model", "control_plane_url", "ui_access_mode", "default_team_disabled", "role_permissions", "role_mappings",
         "require_end_user_mcp_access_defined", "mcp_internal_ip_ranges", "mcp_trusted_proxy_ranges", "mcp_client_side_auth_header_name", "health_check_staleness_threshold", "allow_user_auth", "block_robots",
         "model_list_cache_ttl", "search_tools", "enable_public_model_hub", "auto_redirect_ui_login_to_sso", "allow_client_side_credentials"];

    /// <summary>Providers that LiteLLM has and this gateway cannot speak to yet: a deployment of theirs loads, and its calls say so.</summary>
    public static IReadOnlyList<string> ProvidersNotYet { get; } =
        ["sagemaker", "sagemaker_chat", "sagemaker_nova", "replicate", "watsonx", "watsonx_text",
         "cloudflare", "predibase", "petals", "nlp_cloud", "aleph_alpha", "triton", "oobabooga", "maritalk", "github_copilot", "chatgpt", "snowflake", "oci",
         "gigachat", "bytez", "datarobot", "gradient_ai", "galadriel", "empower", "text-completion-openai", "text-completion-codestral", "azure_text",
         "anthropic_text", "infinity", "deepgram", "elevenlabs", "assemblyai", "topaz", "recraft", "fal_ai", "runwayml", "stability",
         "black_forest_labs", "auto_router", "custom", "vllm", "ragflow", "langgraph", "manus", "sap", "lambda_ai", "anyscale"];
}
