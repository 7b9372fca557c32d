/** Words and form of links come when somebody asks for them. Tests put what does not come in their place. */
export const linkSender = {
  load: (): Promise<unknown> => import('../send-link/define.ts'),
};
