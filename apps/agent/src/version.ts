/** Version of the agent, said with every post and by the agent of itself. */
export const agentVersion = '0.1.0'
