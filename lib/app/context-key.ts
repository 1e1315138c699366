/** The context key of cdktf.json that holds the deployment. */
export const CONTEXT_KEY = "entraIdBackup";
